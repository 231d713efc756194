//! Letters with accents, as a dead key and a letter make them.

/// An accent, then pairs of a letter and what the accent makes of it. The Sorbian layout makes a letter with ogonek of the grave accent.
const MADE: [(char, &str); 9] = [
    ('`', "aàAÀeèEÈiìIÌoòOÒuùUÙwẁWẀyỳYỲnǹNǸeęEĘ"),
    (
        '´',
        "aáAÁcćCĆeéEÉiíIÍlĺLĹnńNŃoóOÓrŕRŔsśSŚuúUÚwẃWẂyýYÝzźZŹgǵGǴkḱKḰmḿMḾpṕPṔ",
    ),
    ('^', "aâAÂcĉCĈeêEÊgĝGĜhĥHĤiîIÎjĵJĴoôOÔsŝSŜuûUÛwŵWŴyŷYŶzẑZẐ"),
    ('¨', "aäAÄeëEËiïIÏoöOÖuüUÜyÿYŸwẅWẄ"),
    ('~', "aãAÃiĩIĨnñNÑoõOÕuũUŨyỹYỸ"),
    (
        'ˇ',
        "cčCČdďDĎeěEĚgǧGǦlľLĽnňNŇrřRŘsšSŠtťTŤzžZŽaǎAǍoǒOǑuǔUǓkǩKǨjǰ",
    ),
    ('°', "aåAÅuůUŮeėEĖgģGĢkķKĶlļLĻnņNŅzżZŻ"),
    ('˙', "cċCĊeėEĖgġGĠzżZŻIİ"),
    ('¸', "cçCÇsşSŞtţTŢgģGĢkķKĶlļLĻnņNŅrŗRŖ"),
];

/// The letter under `made`, if it is one with that accent.
pub(super) fn letter_under(accent: char, made: char) -> Option<char> {
    let accent = match accent {
        '\u{307}' => '˙',
        other => other,
    };
    let (_, pairs) = MADE.iter().find(|(one, _)| *one == accent)?;
    let mut letters = pairs.chars();
    while let (Some(letter), Some(with)) = (letters.next(), letters.next()) {
        if with == made {
            return Some(letter);
        }
    }
    None
}
