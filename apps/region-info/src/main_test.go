package main

import (
	"net/http/httptest"
	"testing"
)

func TestHandler(t *testing.T) {
	server := handler(Location{Cluster: "boa1-prod", Region: "boa1"})
	for path, want := range map[string]struct {
		status int
		body   string
	}{
		"/":        {200, `{"cluster":"boa1-prod","region":"boa1"}` + "\n"},
		"/healthz": {204, ""},
		"/other":   {404, "404 page not found\n"},
	} {
		response := httptest.NewRecorder()
		server.ServeHTTP(response, httptest.NewRequest("GET", path, nil))
		if response.Code != want.status || response.Body.String() != want.body {
			t.Errorf("GET %s: got %d %q, want %d %q", path, response.Code, response.Body, want.status, want.body)
		}
	}
}
