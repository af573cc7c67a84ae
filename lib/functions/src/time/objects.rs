//! Times, zones and named integers as [`Object`]s of the evaluator.

use std::any::Any;

use homescale_go::time::{Duration, Location, MONTHS, WEEKDAYS};
use homescale_value::{
    CallError, Field, IntegerType, Kind, List, ListType, Method, Number, Object, Struct,
    StructType, TimeType, Type, Value, object,
};

use super::methods::{DURATION_METHODS, STRING, TIME_METHODS};
use super::{LOCATION, LocationObject, MONTH, NamedInt, TIME, TimeObject, WEEKDAY};

/// What `time.Location` is below its name.
static ZONE: StructType = StructType {
    pointer: LOCATION,
    fields: &[
        Field::of("name"),
        Field::of("zone"),
        Field::of("tx"),
        Field::of("extend"),
        Field::of("cacheStart"),
        Field::of("cacheEnd"),
        Field::of("cacheZone").of_pointer("*time.zone"),
    ],
    methods: STRING,
};
static ZONES: ListType = ListType::plain("[]time.zone", Type::Named("time.zone"));
static CHANGES: ListType = ListType::plain("[]time.zoneTrans", Type::Named("time.zoneTrans"));

/// `time.Time`.
impl Object for TimeObject {
    fn type_name(&self) -> &'static str {
        TIME
    }

    fn time_type(&self) -> Option<TimeType> {
        Some(TimeType::Time)
    }

    fn text(&self) -> Option<String> {
        Some(self.time.to_string())
    }

    fn go_text(&self) -> Option<String> {
        Some(self.time.go_string())
    }

    fn fields(&self) -> Vec<(&'static Field, Value)> {
        const FIELDS: &[Field] = &[
            Field::of("wall"),
            Field::of("ext"),
            Field::of("loc").of_pointer(LOCATION),
        ];
        let (seconds, nanoseconds) = self.time.since_zero();
        let location = self.time.location();
        let location = (!location.is_same(&Location::UTC)).then(|| location.clone());
        let values = [
            Value::Number(Number::Uint64(nanoseconds.into())),
            Value::Int64(seconds),
            location.map(|zone| object(LocationObject(zone))).into(),
        ];
        FIELDS.iter().zip(values).collect()
    }

    fn methods(&self) -> &'static [Method] {
        TIME_METHODS
    }

    fn to_data(&self) -> Result<Value, CallError> {
        let text = self.time.marshal_text();
        text.map(Value::from).map_err(|problem| {
            CallError::from(format!(
                "json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: {problem}"
            ))
        })
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref() == Some(self)
    }

    fn is_same(&self, other: &dyn Object) -> bool {
        let other: Option<&Self> = other.as_any().downcast_ref();
        other.is_some_and(|Self { time, .. }| {
            self.time.compare(time).is_eq() && self.time.location().is_same(time.location())
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for LocationObject {
    fn type_name(&self) -> &'static str {
        LOCATION
    }

    fn text(&self) -> Option<String> {
        Some(self.0.name().to_owned())
    }

    /// Those of a zone without a table, as UTC is.
    fn fields(&self) -> Vec<(&'static Field, Value)> {
        let values = [
            self.0.name().into(),
            List::nil(&ZONES).into(),
            List::nil(&CHANGES).into(),
            "".into(),
            Value::Int64(0),
            Value::Int64(0),
            Value::Nil,
        ];
        ZONE.fields.iter().zip(values).collect()
    }

    fn pointed(&self) -> Option<Value> {
        let fields = self.fields().into_iter();
        Some(Struct::value(&ZONE, fields.map(|(_, value)| value)))
    }

    /// The table stays behind, the name with it.
    fn deep_copy(&self) -> Option<Value> {
        Some(object(Self(Location::fixed("", 0))))
    }

    fn methods(&self) -> &'static [Method] {
        STRING
    }

    /// The same table: where it is from does not matter.
    fn equals(&self, other: &dyn Object) -> bool {
        let other: Option<&Self> = other.as_any().downcast_ref();
        other.is_some_and(|Self(other)| {
            self.0 == *other || (self.0.name() == "UTC" && other.name() == "UTC")
        })
    }

    fn is_same(&self, other: &dyn Object) -> bool {
        let other: Option<&Self> = other.as_any().downcast_ref();
        other.is_some_and(|Self(other)| self.0.is_same(other))
    }

    fn members(&self) -> Option<Vec<(&'static str, Value)>> {
        Some(Vec::new())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for NamedInt {
    fn type_name(&self) -> &'static str {
        self.ty.name
    }

    fn kind(&self) -> Kind {
        self.ty.kind
    }

    fn time_type(&self) -> Option<TimeType> {
        self.as_duration().map(|_| TimeType::Duration)
    }

    fn integer(&self) -> Option<(i64, &'static IntegerType)> {
        Some((self.number, self.ty))
    }

    fn text(&self) -> Option<String> {
        let index = usize::try_from(self.number).unwrap_or(usize::MAX);
        let (ty, name) = match self.ty {
            ty if ty == MONTH => ("Month", MONTHS.get(index.wrapping_sub(1))),
            ty if ty == WEEKDAY => ("Weekday", WEEKDAYS.get(index)),
            _ => return Some(Duration(self.number).to_string()),
        };
        let name = name.map(|name| (*name).to_owned());
        Some(name.unwrap_or_else(|| format!("%!{ty}({})", self.number as u64)))
    }

    fn methods(&self) -> &'static [Method] {
        match self.as_duration() {
            Some(_) => DURATION_METHODS,
            None => STRING,
        }
    }

    fn is_true(&self) -> bool {
        self.number != 0
    }

    fn to_data(&self) -> Result<Value, CallError> {
        Ok(Value::Int64(self.number))
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
