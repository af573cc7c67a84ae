//! Functions of Sprig that the cases need to make values of every type, and parameters to pass them to.

use homescale_template::{Context, Failure, Family, Function, Origin};
use homescale_value::{List, ListType, Map, MapType, Param, Signature, Value};

use Param::{Any, Bool, Int, Map as MapParam, String as Text};

/// The functions of the cases.
pub(super) static FAMILY: Family = Family {
    name: "cases",
    about: "What the cases need of Sprig.",
    functions: &[
        row("coalesce", Signature::variadic(&[], Any), |_, a| {
            Ok(a.iter().find(|value| value.is_true()).cloned().into())
        }),
        row("default", Signature::variadic(&[Any], Any), |_, a| {
            Ok(match a.get(1) {
                Some(given) if given.is_true() => given.clone(),
                _ => a[0].clone(),
            })
        }),
        row("dict", Signature::variadic(&[], Any), |_, a| {
            let pairs = a.chunks(2).map(|pair| {
                let value = pair.get(1).cloned();
                (pair[0].to_string(), value.unwrap_or("".into()))
            });
            Ok(pairs.collect::<Map>().into())
        }),
        row("float64", Signature::fixed(&[Any]), |_, a| {
            Ok(Value::Float(number(&a[0])))
        }),
        row("get", Signature::fixed(&[MapParam, Text]), |_, a| {
            let found = a[0].as_map().zip(a[1].as_str());
            let found = found.and_then(|(map, key)| map.get(key));
            Ok(found.unwrap_or("".into()))
        }),
        row("int", Signature::fixed(&[Any]), |_, a| {
            Ok(Value::Int(number(&a[0]) as i64))
        }),
        row("int64", Signature::fixed(&[Any]), |_, a| {
            Ok(Value::Int64(number(&a[0]) as i64))
        }),
        row("keys", Signature::variadic(&[], MapParam), |_, a| {
            let keys = a.iter().filter_map(Value::as_map).flat_map(Map::keys);
            Ok(List::strings(keys).into())
        }),
        row("kindOf", Signature::fixed(&[Any]), |_, a| {
            Ok(a[0].kind().name().into())
        }),
        row("list", Signature::variadic(&[], Any), |_, a| {
            Ok(a.to_vec().into())
        }),
        row("repeat", Signature::fixed(&[Int, Text]), |_, a| {
            let count = a[0].as_i64().unwrap_or_default();
            Ok(a[1].to_string().repeat(count as usize).into())
        }),
        row("set", Signature::fixed(&[MapParam, Text, Any]), |_, a| {
            if let (Some(map), Some(key)) = (a[0].as_map(), a[1].as_str()) {
                map.set(key.clone(), a[2].clone());
            }
            Ok(a[0].clone())
        }),
        row("split", Signature::fixed(&[Text, Text]), |_, a| {
            let (separator, text) = (a[0].to_string(), a[1].to_string());
            let parts = text.split(&separator).enumerate();
            let parts = parts.map(|(index, part)| (format!("_{index}").into(), part.into()));
            Ok(Map::typed(&MapType::STRINGS, parts.collect()).into())
        }),
        row("splitList", Signature::fixed(&[Text, Text]), |_, a| {
            let (separator, text) = (a[0].to_string(), a[1].to_string());
            Ok(List::strings(text.split(&separator)).into())
        }),
        row("ternary", Signature::fixed(&[Any, Any, Bool]), |_, a| {
            Ok(a[usize::from(!a[2].is_true())].clone())
        }),
        row("typeOf", Signature::fixed(&[Any]), |_, a| {
            Ok(a[0].type_name().into())
        }),
        row("until", Signature::fixed(&[Int]), |_, a| {
            let items = (0..a[0].as_i64().unwrap_or_default()).map(Value::Int);
            Ok(List::typed(&ListType::INTS, items.collect()).into())
        }),
        row("upper", Signature::fixed(&[Text]), |_, a| {
            Ok(a[0].to_string().to_uppercase().into())
        }),
    ],
};

type Call = fn(&mut dyn Context, &[Value]) -> Result<Value, Failure>;

const fn row(name: &'static str, signature: Signature, call: Call) -> Function {
    Function {
        name,
        aliases: &[],
        origin: Origin::Sprig,
        signature,
        usage: "",
        about: "",
        examples: &[],
        call,
    }
}

/// What Sprig's conversions make of a value, as far as the cases go.
fn number(value: &Value) -> f64 {
    let integer = value.as_i64().map(|n| n as f64);
    let text = || value.as_str()?.as_str()?.parse().ok();
    integer.or(value.as_f64()).or_else(text).unwrap_or_default()
}
