//! Streams of documents, to be compared.

/// The documents of a stream as texts that are the same when the documents are, in an order that is not that of the stream:
/// Helm has one of its own.
pub(crate) fn documents(stream: &str) -> Vec<String> {
    let mut texts = in_order(stream);
    texts.sort();
    texts
}

/// The same in the order of the stream.
pub(crate) fn in_order(stream: &str) -> Vec<String> {
    let documents = homescale_yaml::parse_all(stream.as_bytes()).unwrap();
    let values = documents
        .iter()
        .map(|document| document.to_value().unwrap());
    let values = values.filter(|value| !value.is_nil());
    values
        .map(|value| homescale_yaml::to_yaml(&value).unwrap())
        .collect()
}
