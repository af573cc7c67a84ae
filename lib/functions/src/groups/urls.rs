//! URLs, taken apart and put together as Go's `net/url` does.

use homescale_go::url::{Url, UserInfo};
use homescale_template::{Context, Failure, Function, Group};
use homescale_value::{Map, Signature, Str, Type, Value};

use crate::arguments::{NIL_POINTER, Outcome, take};
use crate::environment::environment;
use crate::row::BLANK;

pub(crate) const GROUP: Group = Group {
    name: "urls",
    about: "Takes URLs apart and puts them together.",
    functions: &[
        Function {
            name: "urlJoin",
            signature: Signature::fixed(&[Type::Map]),
            usage: "urlJoin PARTS",
            about: "Puts a URL together from a map with the keys that `urlParse` gives.",
            examples: &[(
                r#"{{ urlJoin (dict "scheme" "http" "host" "example.com:80" "path" "/a b" "query" "q=1") }}"#,
                "http://example.com:80/a%20b?q=1",
            )],
            call: url_join,
            ..BLANK
        },
        Function {
            name: "urlParse",
            signature: Signature::fixed(&[Type::String]),
            usage: "urlParse URL",
            about: "Gives a map of the parts: fragment, host, hostname, opaque, path, query, scheme, userinfo.",
            examples: &[(
                r#"{{ (urlParse "https://me@example.com:8443/a?b=c").hostname }}"#,
                "example.com",
            )],
            call: url_parse,
            ..BLANK
        },
    ],
};

fn url_join(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let parts: Map = take(args)?;
    let mut url = Url {
        scheme: part(&parts, "scheme")?,
        host: part(&parts, "host")?,
        path: part(&parts, "path")?,
        raw_query: part(&parts, "query")?,
        opaque: part(&parts, "opaque")?,
        fragment: part(&parts, "fragment")?,
        user: None,
    };
    let user = part(&parts, "userinfo")?;
    if !user.is_empty() {
        let stand_in = [b"proto://", &user[..], b"@host"].concat();
        let parsed =
            Url::parse(&stand_in, environment(context)?.options().go).map_err(|error| {
                Failure::Message(format!("unable to parse userinfo in dict: {error}"))
            })?;
        url.user = parsed.user;
    }
    Ok(Value::Str(url.to_bytes().into()))
}

fn part(parts: &Map, key: &str) -> Outcome<Vec<u8>> {
    match parts.get(key) {
        None => Ok(Vec::new()),
        Some(Value::Str(text)) => Ok(text.to_vec()),
        Some(Value::Nil) => Err(NIL_POINTER.into()),
        Some(other) => Err(Failure::Message(format!(
            "unable to parse {key} key, must be of type string, but {} found",
            other.kind()
        ))),
    }
}

fn url_parse(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let url = Url::parse(text, environment(context)?.options().go)
        .map_err(|error| Failure::Message(format!("unable to parse url: {error}")))?;
    let hostname = url.hostname().to_vec();
    let user = url
        .user
        .as_ref()
        .map(UserInfo::to_bytes)
        .unwrap_or_default();
    let parts = [
        ("fragment", url.fragment),
        ("host", url.host),
        ("hostname", hostname),
        ("opaque", url.opaque),
        ("path", url.path),
        ("query", url.raw_query),
        ("scheme", url.scheme),
        ("userinfo", user),
    ];
    let parts = parts
        .into_iter()
        .map(|(key, part)| (key, Value::Str(part.into())));
    Ok(Value::Map(parts.collect()))
}
