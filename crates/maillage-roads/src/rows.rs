/// Lists of values by row, one list after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows<T> {
    offsets: Vec<u32>,
    values: Vec<T>,
}

impl<T: Copy + Default> Rows<T> {
    /// Sorts (row, value) pairs into rows; values of a row keep their order.
    pub(crate) fn new<I: Iterator<Item = (u32, T)>>(rows: usize, pairs: impl Fn() -> I) -> Self {
        let mut offsets = vec![0_u32; rows + 1];
        for (row, _) in pairs() {
            if let Some(count) = offsets.get_mut(row as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        let mut next = offsets.clone();
        let mut values = vec![T::default(); sum as usize];
        for (row, value) in pairs() {
            if (row as usize) < rows
                && let Some(next) = next.get_mut(row as usize)
                && let Some(place) = values.get_mut(*next as usize)
            {
                *place = value;
                *next += 1;
            }
        }
        Self { offsets, values }
    }

    /// Returns the values of a row.
    #[inline]
    pub(crate) fn of(&self, row: u32) -> &[T] {
        let row = row as usize;
        match (self.offsets.get(row), self.offsets.get(row + 1)) {
            (Some(&start), Some(&end)) => self.values.get(start as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Returns how many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Returns how many values there are.
    pub(crate) fn values(&self) -> usize {
        self.values.len()
    }
}
