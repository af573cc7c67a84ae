//! Archives: bytes as a `.tgz`, and as the tar inside one.

use std::io::Write as _;
use std::rc::Rc;

use flate2::Compression;
use flate2::write::GzEncoder;
use homescale_chart::{Chart, HelmVersion, Request, render};
use homescale_functions::FixedHost;

use super::target::{Target, modest};

pub(super) const TARGET: Target = Target {
    name: "archive",
    about: "loads and renders bytes as a packed chart, as they are and compressed",
    words: &[
        "\u{1f}",
        "ustar\0",
        "ustar  \0",
        "c/Chart.yaml\0",
        "c/../x\0",
        "/abs\0",
        "c\\x\0",
        "././@LongLink\0",
        "0000644\0",
        "00000000000\0",
        "77777777777\0",
        "00000000017\0",
        "5",
        "x",
        "g",
        "L",
        "K",
        "S",
        "20 path=c/Chart.yaml\n",
        "30 size=9999999999999999\n",
        "22 GNU.sparse.major=1\n",
        "\0\0\0\0\0\0\0\0",
        "apiVersion: v2\nname: c\nversion: 1.0.0\n",
    ],
    run,
};

fn run(bytes: &[u8]) {
    load(bytes);
    // A mutation hardly ever keeps a checksum: the tar is reached by compressing here.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    if encoder.write_all(bytes).is_ok()
        && let Ok(packed) = encoder.finish()
    {
        load(&packed);
    }
}

fn load(archive: &[u8]) {
    let helm = HelmVersion::default();
    if let Ok(chart) = Chart::load_archive("c.tgz", archive, helm) {
        let request = Request { helm, ..modest() };
        let _ = render(&chart, &request, Rc::new(FixedHost::default()));
    }
}
