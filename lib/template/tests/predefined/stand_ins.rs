//! The few functions of Sprig and fields of the root that the cases take their values from.

use data_encoding::BASE64;
use homescale_template::{Context, Failure, Family, Function, Origin};
use homescale_value::{
    Elem, List, ListType, Map, MapType, Method, Param, Signature, Str, Value, strconv,
};

type Call = fn(&mut dyn Context, &[Value]) -> Result<Value, Failure>;

pub(crate) const FAMILY: Family = Family {
    name: "stand-ins",
    about: "What the cases need of Sprig.",
    functions: &[
        row("b64dec", &[Param::String], None, |_, args| {
            let bytes = BASE64.decode(text(&args[0])).unwrap();
            Ok(Value::Str(bytes.into()))
        }),
        row("dict", &[], Some(Param::Any), |_, args| {
            let pairs = args.chunks(2);
            let pairs = pairs.map(|pair| (pair[0].to_string(), pair[1].clone()));
            Ok(pairs.collect::<Map>().into())
        }),
        row("fail", &[Param::String], None, |_, args| {
            Err(args[0].to_string().into())
        }),
        row("float64", &[Param::Any], None, |_, args| {
            let parsed = strconv::parse_float(text(&args[0]), 64);
            parsed
                .map(Value::Float)
                .map_err(|error| error.to_string().into())
        }),
        row("int64", &[Param::Any], None, |_, args| {
            Ok(Value::Int64(args[0].as_i64().unwrap()))
        }),
        row("list", &[], Some(Param::Any), |_, args| {
            Ok(args.to_vec().into())
        }),
        row("rest", &[Param::Any], None, |_, args| {
            assert!(args[0].as_list().unwrap().is_empty());
            Ok(List::nil(&ListType::ANY).into())
        }),
        row("split", &[Param::String, Param::String], None, |_, args| {
            let parts = parts(args).into_iter().enumerate();
            let entries = parts.map(|(index, part)| (format!("_{index}").into(), part.into()));
            Ok(Map::typed(&MapType::STRINGS, entries.collect()).into())
        }),
        row(
            "splitList",
            &[Param::String, Param::String],
            None,
            |_, args| Ok(List::strings(parts(args)).into()),
        ),
        row("until", &[Param::Int], None, |_, args| {
            let numbers = (0..args[0].as_i64().unwrap()).map(Value::Int);
            Ok(List::typed(&ListType::INTS, numbers.collect()).into())
        }),
    ],
};

const fn row(
    name: &'static str,
    params: &'static [Param],
    variadic: Option<Param>,
    call: Call,
) -> Function {
    Function {
        name,
        aliases: &[],
        origin: Origin::Sprig,
        signature: Signature {
            params,
            variadic,
            refused: None,
        },
        usage: name,
        about: "As Sprig has it, as far as the cases go.",
        examples: &[],
        call,
    }
}

fn text(value: &Value) -> &[u8] {
    value.as_str().unwrap()
}

/// The text of the second argument, cut at that of the first.
fn parts(args: &[Value]) -> Vec<String> {
    let (separator, text) = (args[0].to_string(), args[1].to_string());
    text.split(&separator).map(str::to_owned).collect()
}

/// The type of `.Files`.
const FILES: MapType = MapType {
    name: "engine.files",
    elem: Elem::Bytes,
    methods: &[Method {
        name: "GetBytes",
        signature: Signature::fixed(&[Param::String]),
        call: |files, args| {
            Ok(files
                .as_map()
                .unwrap()
                .get(text(&args[0]))
                .unwrap_or_default())
        },
    }],
};

/// The root of a chart without values, whose one file is data.bin.
pub(crate) fn root() -> Value {
    let data = Value::Bytes(b"A\0\xff\n"[..].into());
    let files = [(Str::from("data.bin"), data)].into_iter().collect();
    let files = Map::typed(&FILES, files);
    let root = [("Values", Map::new().into()), ("Files", files.into())];
    Value::Map(Map::from_iter(root))
}
