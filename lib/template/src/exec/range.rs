//! `range` over lists, maps and integers.

use homescale_value::{Number, Value};

use crate::node::Branch;

use super::reflect::Reflect;
use super::statement::Flow;
use super::{Eval, Exec};

impl<'t> Exec<'_, 't> {
    pub(super) fn range(&mut self, dot: &Reflect, branch: &'t Branch) -> Eval<Flow> {
        let mark = self.run.variables.len();
        let value = self.pipeline(dot, &branch.pipe)?;
        let mut flow = Flow::Next;
        let entered = self.iterate(&value, branch)?;
        if !entered && let Some(otherwise) = &branch.otherwise {
            flow = self.list(dot, otherwise)?;
        }
        self.run.variables.truncate(mark);
        // In `else`, a `break` ends this range, as in Go; a `continue` is for the next one out.
        Ok(match flow {
            Flow::Continue => Flow::Continue,
            Flow::Next | Flow::Break => Flow::Next,
        })
    }

    /// Executes the body for each element; returns whether there was one.
    fn iterate(&mut self, value: &Value, branch: &'t Branch) -> Eval<bool> {
        match value {
            Value::Nil => Ok(false),
            Value::List(list) => {
                let (length, elem) = (list.len(), list.ty().elem);
                for index in 0..length {
                    // The body may change the list.
                    let Some(item) = list.get(index) else { break };
                    let item = Reflect::element(item, elem);
                    if self.iteration(index_value(index), item, branch)? == Flow::Break {
                        break;
                    }
                }
                Ok(length > 0)
            }
            Value::Map(map) => {
                let elem = map.ty().elem;
                let entries = map.to_vec();
                let entered = !entries.is_empty();
                for (key, item) in entries {
                    let item = Reflect::element(item, elem);
                    if self.iteration(Value::Str(key), item, branch)? == Flow::Break {
                        break;
                    }
                }
                Ok(entered)
            }
            Value::Bytes(bytes) => {
                for (index, byte) in bytes.iter().enumerate() {
                    let item = Reflect::concrete(Value::Number(Number::Uint8(*byte)));
                    if self.iteration(index_value(index), item, branch)? == Flow::Break {
                        break;
                    }
                }
                Ok(!bytes.is_empty())
            }
            Value::Int(n) => self.count_up(value, (*n).into(), branch, Value::Int),
            Value::Object(object) => match object.integer() {
                Some((number, ty)) => self.count_up(value, number.into(), branch, ty.make),
                None => self.cannot_iterate(value),
            },
            Value::Int64(n) => self.count_up(value, (*n).into(), branch, Value::Int64),
            Value::Number(number) => match (integer_of(*number), *number) {
                (Some(end), number) => self.count_up(value, end, branch, |n| counted(number, n)),
                (None, _) => self.cannot_iterate(value),
            },
            _ => self.cannot_iterate(value),
        }
    }

    /// Iterates over the integers from 0 up to `end`, each made a value of the type of `end`.
    fn count_up(
        &mut self,
        value: &Value,
        end: i128,
        branch: &'t Branch,
        make: impl Fn(i64) -> Value,
    ) -> Eval<bool> {
        if !self.scope.options.range_over_integers {
            return self.cannot_iterate(value);
        }
        if branch.pipe.variables.len() > 1 {
            return self.fail(format!(
                "can't use {value} to iterate over more than one variable"
            ));
        }
        let mut n = 0;
        while i128::from(n) < end {
            let item = Reflect::concrete(make(n));
            if self.iteration(Value::Nil, item, branch)? == Flow::Break {
                break;
            }
            n += 1;
        }
        Ok(end > 0)
    }

    fn iteration(&mut self, index: Value, item: Reflect, branch: &'t Branch) -> Eval<Flow> {
        self.consume_fuel(1)?;
        let index = Reflect::concrete(index);
        let mark = self.run.variables.len();
        let variables = &mut self.run.variables;
        match *branch.pipe.variables {
            [] => {}
            [one] if branch.pipe.assigns => self.assign(one, item.clone())?,
            [first, second, ..] if branch.pipe.assigns => {
                self.assign(first, index)?;
                self.assign(second, item.clone())?;
            }
            [_] => variables[mark - 1].value = item.clone(),
            [_, _, ..] => {
                variables[mark - 1].value = item.clone();
                variables[mark - 2].value = index;
            }
        }
        let flow = self.list(&item, &branch.body)?;
        self.run.variables.truncate(mark);
        Ok(flow)
    }

    #[cold]
    fn cannot_iterate<T>(&self, value: &Value) -> Eval<T> {
        let pointed = match value {
            Value::Object(object) => object.pointed(),
            _ => None,
        };
        let value = pointed.as_ref().unwrap_or(value);
        self.fail(format!("range can't iterate over {value}"))
    }
}

fn index_value(index: usize) -> Value {
    Value::Int(index as i64)
}

fn integer_of(number: Number) -> Option<i128> {
    let signed = number.as_i64().map(i128::from);
    signed.or_else(|| number.as_u64().map(i128::from))
}

/// A count as a value of the same type as `like`, within whose range it is.
fn counted(like: Number, n: i64) -> Value {
    Value::Number(match like {
        Number::Int8(_) => Number::Int8(n as i8),
        Number::Int16(_) => Number::Int16(n as i16),
        Number::Int32(_) => Number::Int32(n as i32),
        Number::Uint(_) => Number::Uint(n as u64),
        Number::Uint8(_) => Number::Uint8(n as u8),
        Number::Uint16(_) => Number::Uint16(n as u16),
        Number::Uint32(_) => Number::Uint32(n as u32),
        Number::Uint64(_) => Number::Uint64(n as u64),
        Number::Float32(_) => Number::Float32(n as f32),
    })
}
