//! Texts as names: `normalize` (`SanitizeName` of Argo CD), and `slugify` (`SlugifyName`, with gosimple/slug 1.15).

use homescale_go::unicode::to_lower;
use homescale_template::Failure;
use homescale_value::{Str, Value};

/// The longest name of DNS.
const MAX_NAME: usize = 253;

/// A text as a name of DNS: `SanitizeName`.
pub(crate) fn normalize(text: &Str) -> Str {
    let text = text.to_text();
    let lower = text.chars().map(to_lower);
    let name = lower.map(|letter| match letter {
        'a'..='z' | '0'..='9' | '.' => letter,
        _ => '-',
    });
    let name: String = name.take(MAX_NAME).collect();
    name.trim_matches(['-', '.']).into()
}

/// How long a slug may be if nobody says.
const LENGTH: i64 = 50;

/// `slugify [LENGTH [SMART]] TEXT`.
pub(super) fn slugify(arguments: &[Value]) -> Result<Value, Failure> {
    let (mut length, mut is_smart, mut name) = (LENGTH, true, Str::default());
    for (index, argument) in arguments.iter().enumerate() {
        match (index, argument) {
            (index, Value::Str(text)) if index + 1 == arguments.len() => name = text.clone(),
            (0, Value::Int(number)) if arguments.len() > 1 => length = *number,
            (1, Value::Bool(smart)) if arguments.len() > 2 => is_smart = *smart,
            (2.., _) if index + 1 < arguments.len() => {}
            _ => return Err("interface conversion: an argument has another type".into()),
        }
    }
    let slug = slug(&normalize(&name).to_text(), length, is_smart)?;
    Ok(slug.into())
}

/// A slug of a name of DNS.
fn slug(name: &str, length: i64, is_smart: bool) -> Result<String, Failure> {
    let most = usize::try_from(length);
    let mut name = name;
    if !is_smart && i64::try_from(name.len()).is_ok_and(|own| own >= length) {
        let most = most.map_err(|_| "slice bounds out of range")?;
        name = &name[..most];
    }
    let mut slug = String::with_capacity(name.len());
    for letter in name.chars() {
        let letter = if letter == '.' { '-' } else { letter };
        if letter != '-' || !slug.ends_with('-') {
            slug.push(letter);
        }
    }
    let slug = slug.trim_matches(['-', '_']);
    match most {
        Ok(most) if is_smart && most > 0 && slug.len() > most => {
            let end = slug[..=most].rfind('-').unwrap_or(most);
            Ok(slug[..end].to_owned())
        }
        _ => Ok(slug.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_dns_is_lower_case() {
        assert_eq!(normalize(&"Web_Front.v2.".into()), "web-front.v2");
        assert_eq!(normalize(&"--Grüße aus Köln".into()), "gr--e-aus-k-ln");
        assert_eq!(normalize(&"a".repeat(300).as_str().into()).len(), MAX_NAME);
    }

    fn slugified(arguments: &[Value]) -> String {
        match slugify(arguments) {
            Ok(slug) => slug.to_string(),
            Err(failure) => failure.to_string(),
        }
    }

    #[test]
    fn a_slug_ends_with_a_word() {
        let (name, ten) = (|| Value::from("feat/A_long.Name"), || Value::Int(10));
        assert_eq!(slugified(&[name()]), "feat-a-long-name");
        assert_eq!(slugified(&[ten(), name()]), "feat-a");
        assert_eq!(slugified(&[ten(), false.into(), name()]), "feat-a-lon");
        assert_eq!(slugified(&[Value::Int(3), name()]), "fea");
        assert_eq!(slugified(&[]), "");
        assert!(slugify(&[Value::from(1.5)]).is_err());
    }
}
