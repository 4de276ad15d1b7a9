//! Which messages of a stream were seen.

/// What became of a number that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// It is new, and the highest so far.
    InOrder,
    /// It is new, but a higher one came before.
    Late,
    /// It was there already.
    Again,
}

/// A set of numbers that mostly rise from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    words: Vec<u64>,
    /// One more than the highest.
    end: u32,
}

impl Numbers {
    fn place(number: u32) -> (usize, u64) {
        ((number / 64) as usize, 1 << (number % 64))
    }

    pub(crate) fn insert(&mut self, number: u32) -> Seen {
        let (at, bit) = Self::place(number);
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        if self.words[at] & bit != 0 {
            return Seen::Again;
        }
        self.words[at] |= bit;
        match number >= self.end {
            true => {
                self.end = number + 1;
                Seen::InOrder
            }
            false => Seen::Late,
        }
    }

    /// How many of these are not among the others.
    pub(crate) fn missing_in(&self, others: Option<&Self>) -> u64 {
        let other = |at: usize| others.and_then(|it| it.words.get(at)).copied().unwrap_or(0);
        let missing = |(at, word): (usize, &u64)| u64::from((word & !other(at)).count_ones());
        self.words.iter().enumerate().map(missing).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_late_or_there_already_is_told_apart() {
        let mut numbers = Numbers::default();
        for (number, seen) in [
            (0, Seen::InOrder),
            (0, Seen::Again),
            (63, Seen::InOrder),
            (64, Seen::InOrder),
            (200, Seen::InOrder),
            (65, Seen::Late),
            (64, Seen::Again),
            (200, Seen::Again),
        ] {
            assert_eq!(numbers.insert(number), seen, "{number}");
        }
    }

    #[test]
    fn what_is_missing_is_counted() {
        let of = |numbers: &[u32]| {
            let mut set = Numbers::default();
            numbers.iter().for_each(|number| {
                set.insert(*number);
            });
            set
        };
        let sent = of(&[0, 1, 2, 70, 300]);
        assert_eq!(sent.missing_in(None), 5);
        assert_eq!(sent.missing_in(Some(&of(&[0, 2, 5]))), 3);
        assert_eq!(sent.missing_in(Some(&of(&[300, 2, 1, 0, 70, 999]))), 0);
        assert_eq!(Numbers::default().missing_in(Some(&sent)), 0);
    }
}
