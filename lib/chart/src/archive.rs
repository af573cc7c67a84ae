//! Charts packed as `.tgz` (Helm's package `archive`): from bytes to files, with Helm's checks and limits.

mod gzip;
mod sniff;
mod tar;

use std::fmt;

use homescale_fileset::{name_of_text, text_of_name};
use homescale_value::Str;

use crate::helm_version::HelmVersion;
use crate::loaded::File;
use homescale_go::path;
use homescale_go::strconv::quote;

pub(crate) use sniff::{GZIP, content_type};
pub(crate) use tar::MAX_UNPACKED;

/// Why an archive is refused. The texts are Helm's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    text: String,
    /// Whether it is not compressed by gzip at all.
    pub(crate) is_not_gzip: bool,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Problem {}

impl From<tar::Problem> for Problem {
    fn from(problem: tar::Problem) -> Self {
        Self {
            text: problem.to_string(),
            is_not_gzip: problem == tar::Problem::Gzip(gzip::Problem::Header),
        }
    }
}

impl From<String> for Problem {
    fn from(text: String) -> Self {
        let is_not_gzip = false;
        Self { text, is_not_gzip }
    }
}

/// The files of an archive, in its order, with paths relative to the chart: without the folder that holds everything.
/// What is decompressed is taken off the budget.
pub(crate) fn unpack(
    archive: &[u8],
    helm: HelmVersion,
    budget: &mut u64,
) -> Result<Vec<File>, Problem> {
    let input = gzip::Gunzip::new(archive).map_err(tar::Problem::from)?;
    let mut archive = tar::Reader::new(input, budget);
    let mut files = Vec::new();
    let most = HelmVersion::LARGEST_CHART;
    let mut remaining = most as i64;
    let too_large = || {
        let limit = helm.row().major.chart_limit;
        Problem::from(format!(
            "decompressed chart is larger than the {limit} {most}"
        ))
    };
    while let Some(entry) = archive.next()? {
        if entry.is_dir || entry.is_global {
            continue;
        }
        let path = path_in_chart(&text_of_name(&entry.name))?;
        if entry.size > remaining {
            return Err(too_large());
        }
        if let Some(most) = helm.largest_file()
            && entry.size > most as i64
        {
            let name = quote(&entry.name);
            return Err(Problem::from(format!(
                "decompressed chart file {name} is larger than the maximum file size {most}"
            )));
        }
        let read = archive.remaining() as i64;
        let contents = archive.contents()?;
        remaining -= read;
        if read < entry.size || remaining <= 0 {
            return Err(too_large());
        }
        files.push(File {
            path: Str::from(&*name_of_text(&path)),
            contents: contents.into(),
        });
    }
    if files.is_empty() {
        return Err(Problem::from("no files in chart archive".to_owned()));
    }
    Ok(files)
}

/// The path of an entry without its first segment, if that leads to a file in the chart.
fn path_in_chart(name: &str) -> Result<String, Problem> {
    let refused = |text: &str| Err(Problem::from(text.to_owned()));
    // Archives that were made on Windows can have backslashes.
    let delimiter = if name.contains('\\') { '\\' } else { '/' };
    let (top, rest) = name.split_once(delimiter).unwrap_or((name, ""));
    let rest = rest.replace(delimiter, "/");
    if rest.starts_with('/') {
        return refused("chart illegally contains absolute paths");
    }
    let path = String::from_utf8_lossy(&path::clean(rest.as_bytes())).into_owned();
    if path == "." {
        let name = quote(&*name_of_text(name));
        return Err(Problem::from(format!(
            "chart illegally contains content outside the base directory: {name}"
        )));
    }
    if path.starts_with("..") {
        return refused("chart illegally references parent directory");
    }
    if let [drive, b':', b'/', ..] = path.as_bytes()
        && drive.is_ascii_alphabetic()
    {
        return refused("chart contains illegally named files");
    }
    if top == "Chart.yaml" {
        return refused("chart yaml not in base directory");
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> String {
        path_in_chart(name).unwrap_or_else(|problem| format!("E: {problem}"))
    }

    #[test]
    fn a_path_loses_its_first_segment() {
        assert_eq!(path("web/templates/a.yaml"), "templates/a.yaml");
        assert_eq!(path("web\\templates\\a.yaml"), "templates/a.yaml");
        assert_eq!(path("./web/a"), "web/a");
        assert_eq!(path("web/./a//b/../c"), "a/c");
        assert_eq!(path("web/a/"), "a");
    }

    #[test]
    fn no_path_leaves_the_chart() {
        let parent = "E: chart illegally references parent directory";
        assert_eq!(path("web/../../x"), parent);
        assert_eq!(path("web/..x"), parent);
        assert_eq!(
            path("web//etc/x"),
            "E: chart illegally contains absolute paths"
        );
        assert_eq!(path("web/C:/x"), "E: chart contains illegally named files");
        assert_eq!(path("Chart.yaml/x"), "E: chart yaml not in base directory");
        let outside = "E: chart illegally contains content outside the base directory: ";
        assert_eq!(path("Chart.yaml"), format!("{outside}\"Chart.yaml\""));
        assert_eq!(path("web/."), format!("{outside}\"web/.\""));
    }
}
