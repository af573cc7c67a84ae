//! The target `archive` under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let target = homescale_fuzz::target("archive").expect("it is in the table");
    (target.run)(data);
});
