//! When which offset applies in a zone: what its file says.

use pvm_macros::Trace;
use pvm_object::bytes::Bytes;
use pvm_object::tuple::Tuple;
use pvm_object::{PyResult, Raised, Value, Vm};

use super::rule::{self, Rule};
use crate::datetime::Delta;

/// An offset from UTC with its name.
#[derive(Trace)]
pub struct Info {
    pub offset: Value,
    pub dst: Value,
    pub name: Value,
    seconds: i64,
    dst_seconds: i64,
}

/// What applies: one of the table's offsets, or those of the rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Applies {
    Nothing,
    Table(usize),
    Standard,
    Summer,
}

/// The offsets of a zone.
#[derive(Trace)]
pub struct Table {
    infos: Vec<Info>,
    /// Indices of the offsets from each transition on.
    from: Vec<usize>,
    utc: Vec<i64>,
    /// The transitions by local time, as the first and as the second showing.
    local: (Vec<i64>, Vec<i64>),
    before: Option<usize>,
    #[trace(skip)]
    rule: Option<Rule>,
    standard: Option<Info>,
    summer: Option<Info>,
    fixed: bool,
}

fn info(vm: &mut Vm, seconds: i64, dst_seconds: i64, name: Value) -> PyResult<Info> {
    let offset = Delta::of_micros(vm, i128::from(seconds) * 1_000_000)?.into();
    let dst = Delta::of_micros(vm, i128::from(dst_seconds) * 1_000_000)?.into();
    Ok(Info { offset, dst, name, seconds, dst_seconds })
}

/// The numbers in a tuple.
fn numbers(vm: &mut Vm, value: &Value) -> PyResult<Vec<i64>> {
    let items = vm.collect_items(value)?;
    let mut numbers = Vec::with_capacity(items.len());
    for item in items.iter() {
        numbers.push(vm.index_isize(item)? as i64);
    }
    Ok(numbers)
}

#[cold]
fn unexpected(vm: &mut Vm) -> Raised {
    vm.value_error(format_args!("Invalid data result returned by load_data"))
}

/// How much of each offset is summer's (`utcoff_to_dstoff`): files only say whether it is.
fn dst_offsets(from: &[usize], offsets: &[i64], is_dst: &[bool]) -> Vec<i64> {
    let mut dst = vec![0; offsets.len()];
    let wanted = is_dst.iter().filter(|&&is_dst| is_dst).count();
    let mut found = 0;
    for index in 1..from.len() {
        if found == wanted {
            return dst;
        }
        let this = from[index];
        if !is_dst[this] || dst[this] != 0 {
            continue;
        }
        let mut difference = 0;
        let before = from[index - 1];
        if !is_dst[before] {
            difference = offsets[this] - offsets[before];
        }
        if difference == 0 && this + 1 < offsets.len() && index + 1 < from.len() {
            let after = from[index + 1];
            if is_dst[after] {
                continue;
            }
            difference = offsets[this] - offsets[after];
        }
        if difference != 0 {
            found += 1;
            dst[this] = difference;
        }
    }
    if found < wanted {
        // An hour is a better guess than nothing.
        for (dst, &is_dst) in dst.iter_mut().zip(is_dst) {
            if *dst == 0 && is_dst {
                *dst = 3600;
            }
        }
    }
    dst
}

/// The transitions by local time (`ts_to_local`).
fn local_times(from: &[usize], utc: &[i64], offsets: &[i64]) -> (Vec<i64>, Vec<i64>) {
    let (mut first, mut second) = (utc.to_vec(), utc.to_vec());
    for index in 0..utc.len() {
        let before = if index == 0 { offsets[0] } else { offsets[from[index - 1]] };
        let after = if index == 0 && offsets.len() == 1 { offsets[0] } else { offsets[from[index]] };
        first[index] += before.max(after);
        second[index] += before.min(after);
    }
    (first, second)
}

impl Table {
    /// Reads a file (`load_data`).
    pub fn load(vm: &mut Vm, file: &Value) -> PyResult<Table> {
        let name = vm.intern("load_data");
        let load = vm.import_attr("zoneinfo._common", &name)?;
        let data = vm.call(&load, std::slice::from_ref(file))?;
        let Some([from, utc, offsets, is_dst, names, text]) =
            data.downcast::<Tuple>().and_then(|data| <&[Value; 6]>::try_from(data.as_slice()).ok())
        else {
            return Err(unexpected(vm));
        };
        let utc = numbers(vm, utc)?;
        let offsets = numbers(vm, offsets)?;
        let is_dst: Vec<bool> = numbers(vm, is_dst)?.into_iter().map(|number| number != 0).collect();
        let mut indices = Vec::new();
        for index in numbers(vm, from)? {
            match usize::try_from(index) {
                Ok(index) if index < offsets.len() => indices.push(index),
                _ => {
                    return Err(vm.value_error(format_args!("Invalid transition index found while reading TZif: {index}")));
                }
            }
        }
        let names = vm.collect_items(names)?;
        if utc.len() != indices.len() || names.len() != offsets.len() || is_dst.len() != offsets.len() {
            return Err(unexpected(vm));
        }
        let dst = dst_offsets(&indices, &offsets, &is_dst);
        let local = local_times(&indices, &utc, &offsets);
        let mut infos = Vec::with_capacity(offsets.len());
        for (index, name) in names.iter().enumerate() {
            infos.push(info(vm, offsets[index], dst[index], name.clone())?);
        }
        let before = is_dst.iter().position(|&is_dst| !is_dst).or(indices.first().copied());
        let mut table =
            Table { infos, from: indices, utc, local, before, rule: None, standard: None, summer: None, fixed: false };
        match text.downcast::<Bytes>().filter(|text| !text.is_empty()) {
            Some(text) => match rule::parse(text.as_slice()) {
                Ok(rule) => table.set_rule(vm, rule)?,
                Err(wrong) => {
                    let shown = vm.repr(&text.to_value())?;
                    return Err(vm.value_error(format_args!("{} {shown}", wrong.text())));
                }
            },
            None if table.infos.is_empty() => {
                return Err(vm.value_error(format_args!("No time zone information found.")));
            }
            None => {}
        }
        table.fixed = match (&table.rule, &table.standard, &table.infos[..]) {
            (Some(rule), ..) if rule.summer.is_some() => false,
            (_, _, [_, _, ..]) => false,
            (Some(_), Some(standard), [only]) => {
                standard.seconds == only.seconds
                    && standard.dst_seconds == only.dst_seconds
                    && vm.eq(&standard.name, &only.name)?
            }
            _ => true,
        };
        Ok(table)
    }

    fn set_rule(&mut self, vm: &mut Vm, rule: Rule) -> PyResult<()> {
        let name = vm.try_str(&rule.name)?.into();
        self.standard = Some(info(vm, rule.offset, 0, name)?);
        if let Some(summer) = &rule.summer {
            let name = vm.try_str(&summer.name)?.into();
            self.summer = Some(info(vm, summer.offset, summer.offset - rule.offset, name)?);
        }
        self.rule = Some(rule);
        Ok(())
    }

    /// What an answer stands for.
    pub fn info(&self, applies: Applies) -> Option<&Info> {
        match applies {
            Applies::Nothing => None,
            Applies::Table(index) => self.infos.get(index),
            Applies::Standard => self.standard.as_ref(),
            Applies::Summer => self.summer.as_ref(),
        }
    }

    /// What applies without a rule behind the last transition.
    fn last(&self) -> Applies {
        match (&self.rule, self.from.last()) {
            (Some(_), _) => Applies::Standard,
            (None, Some(&last)) => Applies::Table(last),
            (None, None) => self.infos.len().checked_sub(1).map_or(Applies::Nothing, Applies::Table),
        }
    }

    fn first(&self) -> Applies {
        self.before.map_or(Applies::Nothing, Applies::Table)
    }

    /// What applies at all times, where that is so.
    pub fn always(&self) -> Applies {
        if self.fixed { self.last() } else { Applies::Nothing }
    }

    /// The rule, where it knows a summer.
    fn summer_rule(&self) -> Option<&Rule> {
        self.rule.as_ref().filter(|rule| rule.summer.is_some())
    }

    fn of_season(is_summer: bool) -> Applies {
        if is_summer { Applies::Summer } else { Applies::Standard }
    }

    /// What applies at a moment of local time (`find_ttinfo`).
    pub fn at_local(&self, moment: i64, fold: bool, year: i64) -> Applies {
        let times = if fold { &self.local.1 } else { &self.local.0 };
        if times.first().is_some_and(|&first| moment < first) {
            return self.first();
        }
        if times.last().is_none_or(|&last| moment > last) {
            return match self.summer_rule() {
                Some(rule) => Table::of_season(rule.is_summer(moment, fold, year)),
                None => self.last(),
            };
        }
        Applies::Table(self.from[times.partition_point(|&time| time <= moment) - 1])
    }

    fn offset(&self, applies: Applies) -> i64 {
        self.info(applies).map_or(0, |info| info.seconds)
    }

    /// What applies at a moment of UTC, and whether local time shows it for the second time.
    pub fn at_utc(&self, moment: i64, year: i64) -> (Applies, bool) {
        let count = self.utc.len();
        if self.utc.first().is_some_and(|&first| moment < first) {
            return (self.first(), false);
        }
        if let Some(rule) = self.summer_rule()
            && self.utc.last().is_none_or(|&last| moment > last)
        {
            let (is_summer, fold) = rule.is_summer_utc(moment, year);
            return (Table::of_season(is_summer), fold);
        }
        if count == 0 {
            return (self.last(), false);
        }
        let index = self.utc.partition_point(|&time| time <= moment);
        let (previous, this) = if count > 1 && moment >= self.utc[1] {
            (Applies::Table(self.from[index - 2]), Applies::Table(self.from[index - 1]))
        } else if moment > self.utc[count - 1] {
            (self.first(), self.last())
        } else {
            (self.first(), Applies::Table(self.from[0]))
        };
        let shift = self.offset(previous) - self.offset(this);
        (this, shift > moment - self.utc[index - 1])
    }
}
