//! `isoformat` and `strftime`.

use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Ref, Value, Vm};

use super::zone::offset_text;

/// The time of a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Clock {
    pub hour: i32,
    pub minute: i32,
    pub second: i32,
    pub micro: i32,
}

impl Clock {
    /// Microseconds since midnight.
    pub fn micros(self) -> i128 {
        i128::from(self.hour * 3600 + self.minute * 60 + self.second) * 1_000_000 + i128::from(self.micro)
    }

    /// The same with other numbers where some are given.
    pub fn changed(self, hour: Option<i32>, minute: Option<i32>, second: Option<i32>, micro: Option<i32>) -> Clock {
        Clock {
            hour: hour.unwrap_or(self.hour),
            minute: minute.unwrap_or(self.minute),
            second: second.unwrap_or(self.second),
            micro: micro.unwrap_or(self.micro),
        }
    }

    /// The time so many microseconds after midnight.
    pub fn of_micros(micros: i128) -> Clock {
        let seconds = (micros / 1_000_000) as i32;
        Clock { hour: seconds / 3600, minute: seconds / 60 % 60, second: seconds % 60, micro: (micros % 1_000_000) as i32 }
    }

    /// The time as ISO 8601 has it, as fine as `timespec` says; none for an unknown word.
    pub fn iso(self, timespec: &str) -> Option<String> {
        let Clock { hour, minute, second, micro } = self;
        let timespec = match timespec {
            "auto" if micro == 0 => "seconds",
            "auto" => "microseconds",
            other => other,
        };
        Some(match timespec {
            "hours" => format!("{hour:02}"),
            "minutes" => format!("{hour:02}:{minute:02}"),
            "seconds" => format!("{hour:02}:{minute:02}:{second:02}"),
            "milliseconds" => format!("{hour:02}:{minute:02}:{second:02}.{:03}", micro / 1000),
            "microseconds" => format!("{hour:02}:{minute:02}:{second:02}.{micro:06}"),
            _ => return None,
        })
    }

    /// The same, with an error for an unknown word.
    pub fn iso_text(self, vm: &mut Vm, timespec: &str) -> PyResult<String> {
        match self.iso(timespec) {
            Some(text) => Ok(text),
            None => Err(vm.value_error(format_args!("Unknown timespec value"))),
        }
    }
}

/// What a moment shows in `strftime` beyond its time tuple.
pub struct Shown<'a> {
    /// The moment; `utcoffset` and `tzname` are asked of it where it has them.
    pub moment: &'a Value,
    pub micro: i32,
    pub year: i32,
    pub month: i32,
    pub day: i32,
}

impl Shown<'_> {
    fn offset(&self, vm: &mut Vm, separator: &str) -> PyResult<String> {
        let name = vm.intern("utcoffset");
        let Some(method) = vm.find_attr(self.moment, &name)? else { return Ok(String::new()) };
        let offset = vm.call(&method, &[])?;
        Ok(offset.downcast::<super::delta::Delta>().map(|offset| offset_text(offset.micros(), separator)).unwrap_or_default())
    }

    /// The zone's name as a format: its percent signs doubled by its own `replace`.
    fn zone_name(&self, vm: &mut Vm) -> PyResult<Option<Ref<Str>>> {
        let name = vm.intern("tzname");
        let Some(method) = vm.find_attr(self.moment, &name)? else { return Ok(None) };
        let shown = vm.call(&method, &[])?;
        if shown.is_none() {
            return Ok(None);
        }
        let (replace, one, two) = (vm.intern("replace"), vm.intern("%"), vm.intern("%%"));
        let escaped = vm.call_method(&shown, &replace, &[one.into(), two.into()])?;
        match escaped.downcast_into::<Str>() {
            Ok(escaped) => Ok(Some(escaped)),
            Err(_) => Err(vm.type_error(format_args!("tzname.replace() did not return a string"))),
        }
    }

    /// `strftime`: what C's function does not know, or does otherwise, is put in before (`wrap_strftime`).
    pub fn strftime(&self, vm: &mut Vm, format: &Object<Str>, time_tuple: &Value) -> PyResult {
        let strftime = vm.intern("strftime");
        let strftime = vm.import_attr("time", &strftime)?;
        let mut text = pvm_object::text::TextBuilder::new();
        let mut points = format.view().code_points().peekable();
        let percent = u32::from('%');
        while let Some(point) = points.next() {
            if point != percent {
                text.push(point);
                continue;
            }
            let Some(directive) = points.next() else {
                text.push(percent);
                break;
            };
            match char::from_u32(directive).unwrap_or('\0') {
                'f' => text.push_str(&format!("{:06}", self.micro)),
                'z' => text.push_str(&self.offset(vm, "")?),
                ':' if points.peek() == Some(&u32::from('z')) => {
                    points.next();
                    text.push_str(&self.offset(vm, ":")?);
                }
                'Z' => {
                    if let Some(name) = self.zone_name(vm)? {
                        text.push_view(name.view());
                    }
                }
                'Y' if self.year < 1000 => text.push_str(&format!("{:04}", self.year)),
                'F' if self.year < 1000 => text.push_str(&format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)),
                'C' if self.year < 1000 => text.push_str(&format!("{:02}", self.year / 100)),
                'G' if self.year < 1000 => {
                    let year = super::calendar::iso_calendar(self.year, self.month, self.day).0;
                    text.push_str(&format!("{year:04}"));
                }
                _ => {
                    text.push(percent);
                    text.push(directive);
                }
            }
        }
        let format = vm.str_from_builder(text)?;
        vm.call(&strftime, &[format.into(), time_tuple.clone()])
    }
}

/// `__format__`: `str` for an empty format, else `strftime`.
pub fn formatted(vm: &mut Vm, this: &Value, format: &Object<Str>) -> PyResult {
    if format.is_empty() {
        return Ok(vm.str(this)?.into());
    }
    let name = vm.intern("strftime");
    vm.call_method(this, &name, &[format.to_value()])
}

/// `strptime` by `_strptime`.
pub fn parsed(vm: &mut Vm, function: &str, cls: Value, text: &Object<Str>, format: &Object<Str>) -> PyResult {
    let name = vm.intern(function);
    let parse = vm.import_attr("_strptime", &name)?;
    vm.call(&parse, &[cls, text.to_value(), format.to_value()])
}
