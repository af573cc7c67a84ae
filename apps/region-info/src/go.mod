module github.com/homescalecloud/homescale/apps/region-info

go 1.26
