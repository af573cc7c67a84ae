//! The two engines on the same chart: real Helm as a process, ours as a library.

use std::fs;
use std::process::Command;
use std::rc::Rc;

use homescale_chart::{Chart, Error, HelmVersion, Request, ValueSource, merge_values, render};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;
use homescale_template::with_stack;
use homescale_value::Str;

/// The flags that cases may have.
pub(crate) const FLAGS: [&str; 4] = ["--set", "--set-string", "--set-json", "--set-literal"];

/// A chart, and what is asked of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Job {
    /// Paths in the chart, and what they hold.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// Files of values, `-f`.
    pub(crate) values: Vec<Vec<u8>>,
    /// [`FLAGS`] and their values.
    pub(crate) set: Vec<(&'static str, String)>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) status: i32,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
}

impl Outcome {
    pub(crate) fn text(&self) -> String {
        let [stdout, stderr] =
            [&self.stdout, &self.stderr].map(|bytes| String::from_utf8_lossy(bytes));
        format!("exit {}\n{stdout}{stderr}", self.status)
    }

    /// The words of the text, in an order that says nothing of theirs.
    fn words(&self) -> Vec<String> {
        let text = self.text();
        let words = text.split(|c: char| c.is_whitespace() || c == ',');
        let mut words: Vec<String> = words.map(str::to_owned).collect();
        words.sort();
        words
    }
}

/// A real Helm.
#[derive(Clone, Debug)]
pub(crate) struct Helm {
    program: String,
    /// What it says it is.
    pub(crate) version: String,
    /// The level that is it.
    pub(crate) level: HelmVersion,
}

impl Helm {
    pub(crate) fn new(program: String) -> Self {
        let output = Command::new(&program)
            .args(["version", "--short"])
            .output()
            .unwrap();
        let version = String::from_utf8(output.stdout).unwrap().trim().to_owned();
        let level = HelmVersion::choose(&version)
            .expect("it is a version of Helm that is known here")
            .helm;
        Self {
            program,
            version,
            level,
        }
    }

    /// `helm template` on the chart.
    pub(crate) fn template(&self, job: &Job) -> Outcome {
        let folder = tempfile::tempdir().unwrap();
        let chart = folder.path().join("c");
        for (path, bytes) in &job.files {
            let path = chart.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let mut command = Command::new(&self.program);
        command
            .args(["template", "c"])
            .current_dir(folder.path())
            .env_clear()
            .env("HOME", folder.path())
            .env("TZ", "UTC");
        for (number, bytes) in job.values.iter().enumerate() {
            let name = values_name(number);
            fs::write(folder.path().join(&name), bytes).unwrap();
            command.args(["-f", name.as_str()]);
        }
        for (flag, value) in &job.set {
            command.args([flag, value.as_str()]);
        }
        let output = command.output().unwrap();
        Outcome {
            status: output.status.code().unwrap_or(-1),
            stdout: output.stdout,
            stderr: output.stderr,
        }
    }
}

fn values_name(number: usize) -> String {
    format!("v{number}.yaml")
}

/// What our libraries make of the chart, at the level of a Helm.
pub(crate) fn ours(job: &Job, level: HelmVersion) -> Outcome {
    let ran = with_stack(|| run(job, level)).unwrap();
    let lines = |lines: &[String]| match lines {
        [] => String::new(),
        lines => lines.join("\n") + "\n",
    };
    match ran {
        Ok((stdout, warnings)) => Outcome {
            status: 0,
            stdout,
            stderr: lines(&warnings).into_bytes(),
        },
        Err(error) => Outcome {
            status: 1,
            stdout: Vec::new(),
            stderr: format!("{}Error: {error}\n", lines(error.warnings())).into_bytes(),
        },
    }
}

fn run(job: &Job, level: HelmVersion) -> Result<(Vec<u8>, Vec<String>), Error> {
    let mut files = FileSet::new();
    for (path, bytes) in &job.files {
        files.insert(path.clone(), bytes.clone()).unwrap();
    }
    let files_of_values = job
        .values
        .iter()
        .enumerate()
        .map(|(number, bytes)| ValueSource::File {
            name: values_name(number),
            text: Str::from(bytes.clone()),
        });
    let flags = job.set.iter().map(|(flag, text)| match *flag {
        "--set" => ValueSource::Set(text.clone()),
        "--set-string" => ValueSource::SetString(text.clone()),
        "--set-json" => ValueSource::SetJson(text.clone()),
        _ => ValueSource::SetLiteral(text.clone()),
    });
    let request = Request {
        helm: level,
        values: files_of_values.chain(flags).collect(),
        ..Request::default()
    };
    // What is wrong with the values of flags is said before the chart is looked at.
    merge_values(&request.values, level)?;
    let chart = Chart::load_as(&files, level)?;
    let rendered = render(&chart, &request, Rc::new(FixedHost::default()))?;
    Ok((rendered.text(), rendered.warnings.clone()))
}

/// Whether the two engines differ on what Helm gives each time: addresses and random orders are not compared, nor what
/// `docs/known-differences.md` has and cases come to: what Helm says when it asks a server, and spare room behind lists.
pub(crate) fn differ(job: &Job, helm: &Helm) -> bool {
    let theirs = helm.template(job);
    let ours = ours(job, helm.level);
    let is_known = theirs.text().contains("HTTP request failed")
        || ours.text().contains("slice index out of bounds");
    if ours == theirs || is_known {
        return false;
    }
    // Two names in a random order come in the same one four times in a row, now and then.
    let times = if ours.words() == theirs.words() {
        16
    } else {
        4
    };
    (0..times).all(|_| helm.template(job) == theirs)
}

/// The files that every chart has.
pub(crate) fn chart(values: &[u8]) -> Vec<(String, Vec<u8>)> {
    let metadata = Str::from("apiVersion: v2\nname: c\nversion: 1.0.0\n");
    vec![
        ("Chart.yaml".to_owned(), metadata.to_vec()),
        ("values.yaml".to_owned(), values.to_vec()),
    ]
}
