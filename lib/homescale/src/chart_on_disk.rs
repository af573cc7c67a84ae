//! [`Chart`]: a chart on the disk, loaded to be rendered.

use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::Deref;
use std::path::Path;
use std::rc::Rc;

use homescale_chart::{HelmVersion, PostRenderer, Rendered, Request, render_through};
use homescale_functions::Host;

use crate::chart_directory;
use crate::chart_error::{ChartError, SystemError};
use crate::host::SystemHost;

/// The largest archive that is read, compressed as it is. Helm has no limit.
const MAX_ARCHIVE: u64 = 256 << 20;

/// What Helm looks at to see whether a file is an archive.
const HEAD: u64 = 512;

/// A chart that came from the disk.
///
/// It is a [`homescale_chart::Chart`], some of whose files are read when a template asks for them.
#[derive(Debug)]
pub struct Chart(homescale_chart::Chart);

impl Chart {
    /// Loads a chart from a directory, or from an archive that `helm package` made, as the default version of Helm does.
    ///
    /// # Errors
    /// A file cannot be read, or the files are no chart.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, ChartError> {
        Self::open_as(path, HelmVersion::default(), &mut Vec::new())
    }

    /// Loads a chart as a version of Helm does. What Helm logs on the way is added to `log`, also where it fails.
    ///
    /// # Errors
    /// A file cannot be read, or the files are no chart: Helm's text, if `path` is absolute.
    pub fn open_as(
        path: impl AsRef<Path>,
        helm: HelmVersion,
        log: &mut Vec<String>,
    ) -> Result<Self, ChartError> {
        let path = path.as_ref();
        let loaded = if path.is_dir() {
            let (files, lazy) = chart_directory::walk(path, helm, log)?;
            let loaded = homescale_chart::Chart::load_as(&files, helm);
            lazy.finish(log)?;
            loaded
        } else {
            let archive = read_archive(path)
                .map_err(|error| ChartError::System(SystemError::new("open", path, error)))?;
            homescale_chart::Chart::load_archive(&path.to_string_lossy(), &archive, helm)
        };
        match loaded {
            Ok(chart) => Ok(Self(chart)),
            Err(error) => {
                log.extend_from_slice(error.warnings());
                Err(error.into())
            }
        }
    }

    /// Renders the chart: the clock and the randomness are those of this machine, and no names are resolved.
    ///
    /// Templates may nest as deeply as in Helm, whatever the stack of the caller: they run on a thread of their own.
    ///
    /// # Errors
    /// What Helm finds wrong with the chart or the values, a file cannot be read any more, or no thread can be started.
    pub fn render(&self, request: &Request) -> Result<Rendered, ChartError> {
        let render = || self.render_through(request, Rc::new(SystemHost::new()), None);
        let rendered = homescale_template::with_stack(render).map_err(ChartError::Thread)?;
        Ok(rendered?)
    }

    /// Renders the chart with what a host gives, through a post-renderer, on the thread of the caller: for many renders in
    /// a row, and for hosts that stay on a thread. On one made by [`homescale_template::with_stack`] templates may nest as
    /// deeply as in Helm; elsewhere, a chart that nests deeper than the stack allows is an error.
    ///
    /// # Errors
    /// What Helm finds wrong with the chart or the values, or a file cannot be read any more.
    pub fn render_through(
        &self,
        request: &Request,
        host: Rc<dyn Host>,
        post_renderer: Option<&dyn PostRenderer>,
    ) -> Result<Rendered, homescale_chart::Error> {
        render_through(&self.0, request, host, post_renderer)
    }
}

impl Deref for Chart {
    type Target = homescale_chart::Chart;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Reads a file whole if it is an archive, else only its beginning: it could be anything.
fn read_archive(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        let kind = io::ErrorKind::InvalidInput;
        return Err(io::Error::new(kind, "neither a file nor a directory"));
    }
    let mut file = File::open(path)?;
    let size = file.metadata()?.len().min(MAX_ARCHIVE);
    let mut bytes = Vec::with_capacity(size as usize);
    (&mut file).take(HEAD).read_to_end(&mut bytes)?;
    if bytes.starts_with(b"\x1f\x8b") {
        file.take(MAX_ARCHIVE).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > MAX_ARCHIVE {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("more than {MAX_ARCHIVE} bytes"),
        ));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_nest_deeper_than_the_stack_of_the_caller() {
        let chart = tempfile::tempdir().unwrap();
        let nested = r#"{{ define "n" }}{{ if . }}{{ include "n" (sub . 1) }}{{ else }}done{{ end }}{{ end }}"#;
        fs::create_dir(chart.path().join("templates")).unwrap();
        fs::write(
            chart.path().join("Chart.yaml"),
            "apiVersion: v2\nname: c\nversion: 1.0.0\n",
        )
        .unwrap();
        let template = format!("{nested}depth: {{{{ include \"n\" 300 }}}}\n");
        fs::write(chart.path().join("templates/a.yaml"), template).unwrap();
        let rendered = Chart::open(chart.path())
            .unwrap()
            .render(&Request::default())
            .unwrap();
        assert_eq!(
            rendered.text(),
            b"---\n# Source: c/templates/a.yaml\ndepth: done\n"
        );
    }
}
