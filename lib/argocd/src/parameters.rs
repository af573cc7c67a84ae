//! `helm.parameters` and `helm.fileParameters`: values that Argo CD passes to Helm as `--set`, `--set-string` and
//! `--set-file` (`util/helm/cmd.go`).

use homescale_chart::ValueSource;
use homescale_value::Str;

/// A parameter of an Application's Helm source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The path of a value: `image.tag`.
    pub name: String,
    /// What it is set to.
    pub value: String,
    /// Whether the value stays a string, whatever it looks like.
    pub force_string: bool,
}

/// A parameter whose value is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileParameter {
    /// The path of a value: `config.text`.
    pub name: String,
    /// The path of the file, relative to the chart, or from the root of the repository with a leading `/`.
    pub path: String,
}

impl Parameter {
    /// What Helm is given for it.
    pub fn value_source(&self) -> ValueSource {
        let text = format!("{}={}", self.name, escaped(&self.value));
        if self.force_string {
            ValueSource::SetString(text)
        } else {
            ValueSource::Set(text)
        }
    }
}

impl FileParameter {
    /// What Helm is given for it, with what is in the file.
    pub fn value_source(&self, contents: impl Into<Str>) -> ValueSource {
        ValueSource::SetFile {
            text: format!("{}={}", self.name, escaped(&self.path)),
            contents: vec![(self.path.clone(), Ok(contents.into()))],
        }
    }
}

/// When Helm sets a value: strings after values of any type, and files after those, whatever their order in the list.
pub fn set_order(source: &ValueSource) -> u8 {
    match source {
        ValueSource::Set(_) => 0,
        ValueSource::SetString(_) => 1,
        _ => 2,
    }
}

/// A value as Argo CD hands it to Helm: commas are escaped, unless it is a list in braces.
fn escaped(value: &str) -> String {
    if value.starts_with('{') && value.ends_with('}') {
        return value.to_owned();
    }
    let mut text = String::with_capacity(value.len());
    let mut before = None;
    for c in value.chars() {
        if c == ',' && before != Some('\\') {
            text.push('\\');
        }
        text.push(c);
        before = Some(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `cleanSetParameters` of Argo CD 3.6.1 gives.
    #[test]
    fn commas_are_escaped_as_by_argo_cd() {
        for (value, expected) in [
            ("a,b", r"a\,b"),
            ("a,,b", r"a\,\,b"),
            (",a", r"\,a"),
            (",", r"\,"),
            (r"a\,b,c", r"a\,b\,c"),
            (r"a\,b", r"a\,b"),
            (r"\,,", r"\,\,"),
            ("{a,b}", "{a,b}"),
            ("{a,b", r"{a\,b"),
            ("{", "{"),
            ("", ""),
        ] {
            assert_eq!(escaped(value), expected, "{value}");
        }
    }
}
