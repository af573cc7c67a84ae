//! The target `patch` under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let target = homescale_fuzz::target("patch").expect("it is in the table");
    (target.run)(data);
});
