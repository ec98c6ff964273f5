//! Timsort: a stable merge sort that finds runs in the data, gallops where one run wins, and merges in the order that
//! Munro's and Wild's powersort gives (<https://arxiv.org/abs/1805.04154>). It compares the same items in the same order as
//! CPython's `list.sort`, which programs with peculiar comparisons can see.
//!
//! Whatever a comparison does, the data stays a permutation of itself: items are copies of small words, and a merge that
//! is broken off puts back what it had set aside.

use crate::errors::PyResult;
use crate::heap::HeapVec;

/// How to compare, and where to let others have their turn.
pub(super) trait Order<T> {
    /// Whether `a` comes before `b`.
    fn less(&mut self, a: T, b: T) -> PyResult<bool>;

    /// Called between merges with the number of items moved.
    fn pause(&mut self, steps: usize) -> PyResult<()>;
}

const MAX_MINRUN: usize = 64;
const MIN_GALLOP: usize = 7;

struct Run {
    start: usize,
    len: usize,
    /// The depth of the boundary to the next run in the tree of merges.
    power: u32,
}

struct Sorter<'a, T, O> {
    order: &'a mut O,
    set_aside: HeapVec<T>,
    min_gallop: usize,
}

/// Sorts; on an error the data is a permutation of what it was.
pub(super) fn sort<T: Copy, O: Order<T>>(data: &mut [T], order: &mut O) -> PyResult<()> {
    let total = data.len();
    if total < 2 {
        return Ok(());
    }
    let mut sorter = Sorter { order, set_aside: HeapVec::new(), min_gallop: MIN_GALLOP };
    let minimum = min_run(total);
    let mut runs: Vec<Run> = Vec::new();
    let mut start = 0;
    while start < total {
        let rest = &mut data[start..];
        let mut len = sorter.count_run(rest)?;
        if len < minimum {
            let forced = minimum.min(rest.len());
            sorter.binary_sort(&mut rest[..forced], len)?;
            len = forced;
        }
        if let Some(last) = runs.last() {
            let power = power(last.start, last.len, len, total);
            while runs.len() > 1 && runs[runs.len() - 2].power > power {
                let at = runs.len() - 2;
                sorter.merge_at(data, &mut runs, at)?;
            }
            if let Some(last) = runs.last_mut() {
                last.power = power;
            }
        }
        runs.push(Run { start, len, power: 0 });
        start += len;
    }
    while runs.len() > 1 {
        let mut at = runs.len() - 2;
        if at > 0 && runs[at - 1].len < runs[at + 1].len {
            at -= 1;
        }
        sorter.merge_at(data, &mut runs, at)?;
    }
    Ok(())
}

/// The length that short runs are brought to: the total divided by a power of two, or a little more.
fn min_run(mut total: usize) -> usize {
    let mut odd = 0;
    while total >= MAX_MINRUN {
        odd |= total & 1;
        total >>= 1;
    }
    total + odd
}

/// The first bit in which the middles of two neighbouring runs differ, as fractions of the total.
fn power(start: usize, len: usize, next_len: usize, total: usize) -> u32 {
    let mut a = 2 * start + len;
    let mut b = a + len + next_len;
    let mut power = 0;
    loop {
        power += 1;
        if a >= total {
            a -= total;
            b -= total;
        } else if b >= total {
            return power;
        }
        a <<= 1;
        b <<= 1;
    }
}

impl<T: Copy, O: Order<T>> Sorter<'_, T, O> {
    /// The length of the run that the data begins with, which is ascending afterwards.
    fn count_run(&mut self, data: &mut [T]) -> PyResult<usize> {
        let total = data.len();
        let mut n = 1;
        while n < total && !self.order.less(data[n], data[n - 1])? {
            n += 1;
        }
        if n == total {
            return Ok(n);
        }
        if n > 1 {
            if self.order.less(data[0], data[n - 1])? {
                return Ok(n);
            }
            // All equal so far: the beginning of a descending run, which is turned round twice.
            data[..n].reverse();
        }
        n += 1;
        let mut equal = 0;
        while n < total {
            if self.order.less(data[n], data[n - 1])? {
                reverse_last(&mut data[..n], &mut equal);
            } else if self.order.less(data[n - 1], data[n])? {
                break;
            } else {
                equal += 1;
            }
            n += 1;
        }
        reverse_last(&mut data[..n], &mut equal);
        data[..n].reverse();
        while n < total && !self.order.less(data[n], data[n - 1])? {
            n += 1;
        }
        Ok(n)
    }

    /// Sorts data whose first `sorted` items are sorted, by binary insertion.
    fn binary_sort(&mut self, data: &mut [T], sorted: usize) -> PyResult<()> {
        for next in sorted.max(1)..data.len() {
            let pivot = data[next];
            let (mut left, mut right) = (0, next);
            while left < right {
                let middle = (left + right) / 2;
                if self.order.less(pivot, data[middle])? {
                    right = middle;
                } else {
                    left = middle + 1;
                }
            }
            data.copy_within(left..next, left + 1);
            data[left] = pivot;
        }
        Ok(())
    }

    /// Merges the runs `at` and the one behind it.
    fn merge_at(&mut self, data: &mut [T], runs: &mut Vec<Run>, at: usize) -> PyResult<()> {
        let (start, left_len) = (runs[at].start, runs[at].len);
        let right = runs.remove(at + 1);
        runs[at].len += right.len;
        self.order.pause(left_len + right.len)?;
        let data = &mut data[start..start + left_len + right.len];
        // What comes before the right run's first item stays where it is, and what comes behind the left run's last.
        let skip = gallop_right(self.order, data[left_len], &data[..left_len], 0)?;
        let data = &mut data[skip..];
        let left_len = left_len - skip;
        if left_len == 0 {
            return Ok(());
        }
        let right_len = gallop_left(self.order, data[left_len - 1], &data[left_len..], right.len - 1)?;
        if right_len == 0 {
            return Ok(());
        }
        let data = &mut data[..left_len + right_len];
        self.set_aside.clear();
        if left_len <= right_len { self.merge_low(data, left_len) } else { self.merge_high(data, left_len) }
    }

    /// Merges from the left, with the left run set aside.
    fn merge_low(&mut self, data: &mut [T], left_len: usize) -> PyResult<()> {
        self.set_aside.extend_copies(&data[..left_len])?;
        let mut left = left_len;
        let mut right = data.len() - left_len;
        let result = self.merge_low_steps(data, &mut left, &mut right);
        let hole = data.len() - left - right;
        data[hole..hole + left].copy_from_slice(&self.set_aside[left_len - left..]);
        result
    }

    /// `left` and `right` are the numbers of items left over; the hole in between has `left` places.
    fn merge_low_steps(&mut self, data: &mut [T], left: &mut usize, right: &mut usize) -> PyResult<()> {
        let total = data.len();
        let left_len = self.set_aside.len();
        macro_rules! take_right {
            () => {
                data[total - *left - *right] = data[total - *right];
                *right -= 1;
                if *right == 0 {
                    return Ok(());
                }
            };
        }
        macro_rules! take_left {
            () => {
                data[total - *left - *right] = self.set_aside[left_len - *left];
                *left -= 1;
                if *left == 1 {
                    return self.close_low(data, left, right);
                }
            };
        }
        take_right!();
        if *left == 1 {
            return self.close_low(data, left, right);
        }
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut left_wins, mut right_wins) = (0, 0);
            loop {
                if self.order.less(data[total - *right], self.set_aside[left_len - *left])? {
                    take_right!();
                    right_wins += 1;
                    left_wins = 0;
                    if right_wins >= min_gallop {
                        break;
                    }
                } else {
                    take_left!();
                    left_wins += 1;
                    right_wins = 0;
                    if left_wins >= min_gallop {
                        break;
                    }
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= usize::from(min_gallop > 1);
                self.min_gallop = min_gallop;
                let rest = &self.set_aside[left_len - *left..];
                left_wins = gallop_right(self.order, data[total - *right], rest, 0)?;
                if left_wins > 0 {
                    let hole = total - *left - *right;
                    data[hole..hole + left_wins].copy_from_slice(&rest[..left_wins]);
                    *left -= left_wins;
                    if *left == 1 {
                        return self.close_low(data, left, right);
                    }
                    // Only an inconsistent comparison leads here.
                    if *left == 0 {
                        return Ok(());
                    }
                }
                take_right!();
                let key = self.set_aside[left_len - *left];
                right_wins = gallop_left(self.order, key, &data[total - *right..], 0)?;
                if right_wins > 0 {
                    let from = total - *right;
                    data.copy_within(from..from + right_wins, from - *left);
                    *right -= right_wins;
                    if *right == 0 {
                        return Ok(());
                    }
                }
                take_left!();
                if left_wins < MIN_GALLOP && right_wins < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }

    /// The last item of the left run goes behind the rest of the right one.
    fn close_low(&mut self, data: &mut [T], left: &mut usize, right: &mut usize) -> PyResult<()> {
        let from = data.len() - *right;
        data.copy_within(from.., from - *left);
        *right = 0;
        Ok(())
    }

    /// Merges from the right, with the right run set aside.
    fn merge_high(&mut self, data: &mut [T], left_len: usize) -> PyResult<()> {
        self.set_aside.extend_copies(&data[left_len..])?;
        let mut left = left_len;
        let mut right = data.len() - left_len;
        let result = self.merge_high_steps(data, &mut left, &mut right);
        data[left..left + right].copy_from_slice(&self.set_aside[..right]);
        result
    }

    /// As in [`Sorter::merge_low_steps`]; the hole begins behind the `left` items and has `right` places.
    fn merge_high_steps(&mut self, data: &mut [T], left: &mut usize, right: &mut usize) -> PyResult<()> {
        macro_rules! take_left {
            () => {
                data[*left + *right - 1] = data[*left - 1];
                *left -= 1;
                if *left == 0 {
                    return Ok(());
                }
            };
        }
        macro_rules! take_right {
            () => {
                data[*left + *right - 1] = self.set_aside[*right - 1];
                *right -= 1;
                if *right == 1 {
                    return self.close_high(data, left, right);
                }
            };
        }
        take_left!();
        if *right == 1 {
            return self.close_high(data, left, right);
        }
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut left_wins, mut right_wins) = (0, 0);
            loop {
                if self.order.less(self.set_aside[*right - 1], data[*left - 1])? {
                    take_left!();
                    left_wins += 1;
                    right_wins = 0;
                    if left_wins >= min_gallop {
                        break;
                    }
                } else {
                    take_right!();
                    right_wins += 1;
                    left_wins = 0;
                    if right_wins >= min_gallop {
                        break;
                    }
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= usize::from(min_gallop > 1);
                self.min_gallop = min_gallop;
                let stay = gallop_right(self.order, self.set_aside[*right - 1], &data[..*left], *left - 1)?;
                left_wins = *left - stay;
                if left_wins > 0 {
                    data.copy_within(stay..*left, stay + *right);
                    *left = stay;
                    if *left == 0 {
                        return Ok(());
                    }
                }
                take_right!();
                let stay = gallop_left(self.order, data[*left - 1], &self.set_aside[..*right], *right - 1)?;
                right_wins = *right - stay;
                if right_wins > 0 {
                    data[*left + stay..*left + *right].copy_from_slice(&self.set_aside[stay..*right]);
                    *right = stay;
                    if *right == 1 {
                        return self.close_high(data, left, right);
                    }
                    // Only an inconsistent comparison leads here.
                    if *right == 0 {
                        return Ok(());
                    }
                }
                take_left!();
                if left_wins < MIN_GALLOP && right_wins < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }

    /// The first item of the right run goes before the rest of the left one.
    fn close_high(&mut self, data: &mut [T], left: &mut usize, right: &mut usize) -> PyResult<()> {
        data.copy_within(..*left, *right);
        *left = 0;
        Ok(())
    }
}

/// Turns the last `equal + 1` items round and forgets them.
fn reverse_last<T>(data: &mut [T], equal: &mut usize) {
    if *equal > 0 {
        let start = data.len() - (*equal + 1);
        data[start..].reverse();
        *equal = 0;
    }
}

/// The place of `key` in sorted data, before the items that equal it. The search begins at `hint`.
fn gallop_left<T: Copy>(order: &mut impl Order<T>, key: T, data: &[T], hint: usize) -> PyResult<usize> {
    gallop(data.len(), hint, |index| order.less(data[index], key))
}

/// The place of `key` in sorted data, behind the items that equal it. The search begins at `hint`.
fn gallop_right<T: Copy>(order: &mut impl Order<T>, key: T, data: &[T], hint: usize) -> PyResult<usize> {
    gallop(data.len(), hint, |index| Ok(!order.less(key, data[index])?))
}

/// The number of positions for which `before` holds, all of which come first: in growing steps from `hint`, then halving.
fn gallop(len: usize, hint: usize, mut before: impl FnMut(usize) -> PyResult<bool>) -> PyResult<usize> {
    let (mut last, mut step) = (0, 1);
    // All positions below `low` are before, none from `high` on is.
    let (mut low, mut high);
    if before(hint)? {
        let most = len - hint;
        while step < most && before(hint + step)? {
            last = step;
            step = 2 * step + 1;
        }
        (low, high) = (hint + last + 1, hint + step.min(most));
    } else {
        let most = hint + 1;
        while step < most && !before(hint - step)? {
            last = step;
            step = 2 * step + 1;
        }
        (low, high) = (hint + 1 - step.min(most), hint - last);
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(high)
}
