//! [`BufferLayout`]: how the items of a buffer lie in its block.

use std::borrow::Cow;

/// How the items of a buffer lie in its block.
#[derive(Clone, Debug)]
pub struct BufferLayout {
    /// Where the first item begins.
    pub start: usize,
    /// Bytes an item.
    pub item_size: usize,
    /// The item's format in the syntax of `struct`.
    pub format: Cow<'static, str>,
    /// Items along each dimension.
    pub shape: Vec<usize>,
    /// Bytes from one item to the next along each dimension.
    pub strides: Vec<isize>,
}

impl BufferLayout {
    /// Items of one format, one after the other.
    pub fn items(format: impl Into<Cow<'static, str>>, item_size: usize, count: usize) -> BufferLayout {
        BufferLayout { start: 0, item_size, format: format.into(), shape: vec![count], strides: vec![item_size as isize] }
    }

    /// Items of a shape, the last dimension varying fastest.
    pub fn of_shape(format: impl Into<Cow<'static, str>>, item_size: usize, shape: Vec<usize>) -> BufferLayout {
        let mut strides = vec![0; shape.len()];
        let mut distance = item_size as isize;
        for (stride, &count) in strides.iter_mut().zip(&shape).rev() {
            *stride = distance;
            distance = distance.saturating_mul(count as isize);
        }
        BufferLayout { start: 0, item_size, format: format.into(), shape, strides }
    }

    /// The number of items.
    pub fn item_count(&self) -> usize {
        self.shape.iter().product()
    }

    /// Bytes of all items.
    pub fn byte_count(&self) -> usize {
        self.item_count() * self.item_size
    }

    /// Whether the items lie one after the other, the last dimension varying fastest.
    pub fn is_c_contiguous(&self) -> bool {
        self.is_contiguous(self.shape.iter().zip(&self.strides).rev())
    }

    /// Whether the items lie one after the other, the first dimension varying fastest.
    pub fn is_f_contiguous(&self) -> bool {
        self.is_contiguous(self.shape.iter().zip(&self.strides))
    }

    fn is_contiguous<'a>(&self, dimensions: impl Iterator<Item = (&'a usize, &'a isize)>) -> bool {
        if self.item_count() == 0 {
            return true;
        }
        let mut distance = self.item_size as isize;
        for (&count, &stride) in dimensions {
            if count > 1 && stride != distance {
                return false;
            }
            distance *= count as isize;
        }
        true
    }

    /// Whether every item lies within a block of so many bytes.
    pub fn fits(&self, block: usize) -> bool {
        if self.shape.len() != self.strides.len() {
            return false;
        }
        if self.item_count() == 0 {
            return true;
        }
        let (mut low, mut high) = (self.start as i128, self.start as i128);
        for (&count, &stride) in self.shape.iter().zip(&self.strides) {
            let reach = (count as i128 - 1) * stride as i128;
            if reach < 0 { low += reach } else { high += reach }
        }
        low >= 0 && high + self.item_size as i128 <= block as i128
    }

    /// The offset of the item at a position in each dimension.
    pub fn offset(&self, positions: &[usize]) -> usize {
        let steps = positions.iter().zip(&self.strides).map(|(&position, &stride)| position as isize * stride);
        self.start.wrapping_add_signed(steps.sum())
    }

    /// The offsets of all items, the last dimension varying fastest.
    pub fn offsets(&self) -> Offsets<'_> {
        Offsets { layout: self, positions: vec![0; self.shape.len()], left: self.item_count(), first_fastest: false }
    }

    /// The offsets of all items, the first dimension varying fastest.
    pub fn offsets_first_fastest(&self) -> Offsets<'_> {
        Offsets { first_fastest: true, ..self.offsets() }
    }

    /// The items' bytes out of the block, the last dimension varying fastest.
    pub fn gather(&self, block: &[u8]) -> Vec<u8> {
        let size = self.byte_count();
        if self.is_c_contiguous() {
            return if size == 0 { Vec::new() } else { block[self.start..self.start + size].to_vec() };
        }
        self.gather_by(self.offsets(), block)
    }

    /// The items' bytes out of the block in the order of the offsets.
    pub fn gather_by(&self, offsets: Offsets<'_>, block: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.byte_count());
        for offset in offsets {
            out.extend_from_slice(&block[offset..offset + self.item_size]);
        }
        out
    }

    /// Puts bytes into the items of the block, the last dimension varying fastest.
    pub fn scatter(&self, bytes: &[u8], block: &mut [u8]) {
        for (offset, item) in self.offsets().zip(bytes.chunks_exact(self.item_size.max(1))) {
            block[offset..offset + self.item_size].copy_from_slice(item);
        }
    }
}

/// The offsets of a layout's items, in order.
#[derive(Clone)]
pub struct Offsets<'a> {
    layout: &'a BufferLayout,
    positions: Vec<usize>,
    left: usize,
    first_fastest: bool,
}

impl Offsets<'_> {
    /// Goes on by one in a dimension; true where that begins anew, so that the next must go on.
    fn carry(&mut self, dimension: usize) -> bool {
        self.positions[dimension] += 1;
        let over = self.positions[dimension] == self.layout.shape[dimension];
        if over {
            self.positions[dimension] = 0;
        }
        over
    }
}

impl Iterator for Offsets<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.left = self.left.checked_sub(1)?;
        let offset = self.layout.offset(&self.positions);
        let count = self.positions.len();
        for step in 0..count {
            if !self.carry(if self.first_fastest { step } else { count - 1 - step }) {
                break;
            }
        }
        Some(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_are_walked_in_both_orders() {
        let layout = BufferLayout::of_shape("B", 1, vec![2, 3]);
        assert_eq!(layout.strides, [3, 1]);
        assert!(layout.is_c_contiguous() && !layout.is_f_contiguous() && layout.fits(6) && !layout.fits(5));
        assert_eq!(layout.offsets().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
        assert_eq!(layout.offsets_first_fastest().collect::<Vec<_>>(), [0, 3, 1, 4, 2, 5]);
        let scalar = BufferLayout::of_shape("B", 1, vec![]);
        assert_eq!(scalar.offsets().collect::<Vec<_>>(), [0]);
        let reversed = BufferLayout { start: 4, strides: vec![-2], ..BufferLayout::items("H", 2, 3) };
        assert_eq!(reversed.gather(&[1, 2, 3, 4, 5, 6]), [5, 6, 3, 4, 1, 2]);
        assert!(reversed.fits(6) && !reversed.is_c_contiguous());
    }
}
