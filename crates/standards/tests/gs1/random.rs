//! Seeded noise, and texts that are nearly right.

/// SplitMix64.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// One of `choices`.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    /// Up to `longest` bytes of any value, as text.
    pub(crate) fn noise(&mut self, longest: usize) -> String {
        let length = self.below(longest + 1);
        let bytes: Vec<u8> = (0..length).map(|_| self.next() as u8).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// `length` characters of set 82.
    pub(crate) fn cset82(&mut self, length: usize) -> String {
        const SET: &[u8] =
            b"!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
        (0..length)
            .map(|_| char::from(SET[self.below(SET.len())]))
            .collect()
    }

    /// Pieces of element strings in any order, some of them noise.
    pub(crate) fn element_text(&mut self) -> String {
        const PIECES: [&str; 20] = [
            "0107612345678900",
            "00340123450000000000",
            "17281200",
            "17281231",
            "10",
            "21",
            "10ABC",
            "21XYZ",
            "\u{1d}",
            "\u{1d}",
            "(01)07612345678900",
            "(21)",
            "(10)A\\(",
            "7003",
            "253",
            "8110",
            "3103000123",
            "37",
            "8007",
            "4309",
        ];
        let mut text = String::new();
        for _ in 0..=self.below(5) {
            match self.below(5) {
                0 => text.push_str(&self.noise(6)),
                1 => {
                    let length = self.below(8);
                    text.push_str(&self.cset82(length));
                }
                _ => text.push_str(self.pick(&PIECES)),
            }
        }
        text
    }
}
