//! Charts with `apiVersion: v3`, which Helm 4 loads but does not render yet: in which words it refuses one.

use crate::error::{Error, ErrorKind};
use crate::resolved::ResolvedChart;

/// How Helm 4 refuses a chart of version 3.
///
/// It counts the charts that it found where it should count the declared dependencies, so that the result depends on
/// which of them are more (`MetaDependencies` of Helm's `v3Accessor`).
pub(crate) fn refusal(chart: &ResolvedChart) -> Error {
    let declared = chart.declared.iter().flatten();
    let declared: Vec<&str> = declared.map(|found| found.name.as_str()).collect();
    let found = chart.dependencies.len();
    if declared.len() > found {
        return Error::new(
            ErrorKind::Crash,
            format!("panic: runtime error: index out of range [{found}] with length {found}"),
        );
    }
    if declared.len() < found {
        let text = "unsupported chart dependency type";
        return Error::new(ErrorKind::Dependencies, text);
    }
    match crate::dependencies::check_present(chart) {
        Err(missing) => Error::new(ErrorKind::Dependencies, "").because(missing),
        Ok(()) => Error::load("invalid chart apiVersion"),
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use homescale_fileset::FileSet;
    use homescale_functions::FixedHost;

    use crate::{Chart, ErrorKind, Request, render};

    /// Recordings cannot show this one: Helm's own text goes on with addresses in its memory.
    #[test]
    fn more_declared_than_found_crashes_helm() {
        let chart =
            "apiVersion: v3\nname: c\nversion: 1.0.0\ndependencies: [{name: d, version: 1.0.0}]\n";
        let mut files = FileSet::new();
        files.insert("Chart.yaml", chart.as_bytes()).unwrap();
        let chart = Chart::load(&files).unwrap();
        let error = render(&chart, &Request::default(), Rc::new(FixedHost::default())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Crash);
        let text = "panic: runtime error: index out of range [0] with length 0";
        assert_eq!(error.to_string(), text);
    }
}
