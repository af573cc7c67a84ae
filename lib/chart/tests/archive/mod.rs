//! Archives for tests, made of files in memory.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use homescale_fileset::FileSet;

/// A `.tgz` of the files, in byte order of their paths.
pub(crate) fn pack(files: &FileSet) -> Vec<u8> {
    let mut archive = Vec::new();
    for (path, contents) in files.contents() {
        let bytes = contents.bytes().expect("it is in memory");
        archive.extend(entry(in_archive(path).as_bytes(), b'0', bytes));
    }
    archive.resize(archive.len() + 1024, 0);
    compress(&archive)
}

/// The path without the number and `@` that give a file its place.
fn in_archive(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name.split_once('@') {
        Some((number, name)) if number.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{folder}/{name}")
        }
        _ => path.to_owned(),
    }
}

/// An entry of an archive: header, contents, and zeros up to the next block.
pub(crate) fn entry(name: &[u8], kind: u8, contents: &[u8]) -> Vec<u8> {
    let mut entry = header(name, kind, contents.len()).to_vec();
    entry.extend_from_slice(contents);
    entry.resize(entry.len().next_multiple_of(512), 0);
    entry
}

/// A header in the format ustar, for a name of up to 100 bytes.
pub(crate) fn header(name: &[u8], kind: u8, size: usize) -> [u8; 512] {
    let mut block = [0; 512];
    let mut put = |at: usize, text: &[u8]| block[at..at + text.len()].copy_from_slice(text);
    put(0, name);
    put(100, b"0000644\0");
    put(124, format!("{size:011o}\0").as_bytes());
    put(148, b"        ");
    put(156, &[kind]);
    put(257, b"ustar\x0000");
    let sum: u32 = block.iter().map(|&b| u32::from(b)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

/// The data, compressed by gzip.
pub(crate) fn compress(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}
