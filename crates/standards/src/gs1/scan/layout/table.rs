//! The layouts, key by key: the digit row, the two rows below it and the lowest one, from left to right, first without Shift and then
//! with it.

/// A keyboard layout.
#[derive(Debug)]
pub struct Layout {
    /// Its name.
    pub name: &'static str,
    /// Characters of the 47 keys without Shift.
    pub(super) plain: &'static str,
    /// Characters of the 47 keys with Shift.
    pub(super) shifted: &'static str,
    /// Keys that wait for the next one to put an accent on it.
    pub(super) dead: &'static str,
    /// What arrives for the control character GS, where it arrives and is not GS.
    pub(super) separator: Option<char>,
}

/// The US layout, on which the key strokes of a scanner rest.
pub(super) const US_PLAIN: &str = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./";
pub(super) const US_SHIFTED: &str = "~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";

const fn layout(
    name: &'static str,
    plain: &'static str,
    shifted: &'static str,
    dead: &'static str,
) -> Layout {
    Layout {
        name,
        plain,
        shifted,
        dead,
        separator: None,
    }
}

impl Layout {
    const fn separator(self, separator: char) -> Self {
        Self {
            separator: Some(separator),
            ..self
        }
    }
}

const ESCAPE: char = '\u{1b}';
const BACKSPACE: char = '\u{8}';

/// The layouts that are known. `\u{fffd}` stands for a key that types nothing.
pub static LAYOUTS: [Layout; 32] = [
    layout("US", US_PLAIN, US_SHIFTED, ""),
    layout(
        "US with Escape for GS (Czech programmers)",
        US_PLAIN,
        US_SHIFTED,
        "",
    )
    .separator(ESCAPE),
    layout(
        "United Kingdom and Ireland",
        "`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./",
        "¬!\"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?",
        "`",
    ),
    layout(
        "Belgian",
        "²&é\"'(§è!çà)-azertyuiop^$µqsdfghjklmùwxcvbn,;:=",
        "³1234567890°_AZERTYUIOP¨*£QSDFGHJKLM%WXCVBN?./+",
        "^¨",
    ),
    layout(
        "French",
        "²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!",
        "\u{fffd}1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§",
        "^¨",
    ),
    layout(
        "Czech",
        ";+ěščřžýáíé=´qwertyuiopú)¨asdfghjklů§zxcvbnm,.-",
        "°1234567890%ˇQWERTYUIOP/('ASDFGHJKL\"!ZXCVBNM?:_",
        "´¨ˇ°",
    )
    .separator(ESCAPE),
    layout(
        "Slovak",
        ";+ľščťžýáíé=´qwertzuiopúäňasdfghjklô§yxcvbnm,.-",
        "°1234567890%ˇQWERTZUIOP/()ASDFGHJKL\"!YXCVBNM?:_",
        "´ˇ°",
    ),
    layout(
        "Dutch",
        "@1234567890/°qwertyuiop¨*<asdfghjkl+´zxcvbnm,.-",
        "§!\"#$%&_()'?~QWERTYUIOP^|>ASDFGHJKL±`ZXCVBNM;:=",
        "´`~¨^",
    ),
    layout(
        "Estonian",
        "ˇ1234567890+´qwertyuiopüõ'asdfghjklöäzxcvbnm,.-",
        "~!\"#¤%&/()=?`QWERTYUIOPÜÕ*ASDFGHJKLÖÄZXCVBNM;:_",
        "´`ˇ~",
    ),
    layout(
        "Finnish and Swedish",
        "§1234567890+´qwertyuiopå¨'asdfghjklöäzxcvbnm,.-",
        "½!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÖÄZXCVBNM;:_",
        "´`¨^",
    ),
    layout(
        "German and Austrian",
        "^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-",
        "°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_",
        "^´`",
    ),
    layout(
        "Sorbian",
        "ˇ1234567890ß´qwertzuiopü+łasdfghjklöäyxcvbnm,.-",
        "˙!\"§$%&/()=?`QWERTZUIOPÜ*ŁASDFGHJKLÖÄYXCVBNM;:_",
        "`´ˇ˙",
    ),
    layout(
        "Sorbian, legacy",
        "^1234567890ß´qwertzuiopü+łasdfghjklöäyxcvbnm,.-",
        "\u{307}!\"§$%&/()=?`QWERTZUIOPÜ*ŁASDFGHJKLÖÄYXCVBNM;:_",
        "`´^\u{307}",
    ),
    layout(
        "Hungarian",
        "0123456789öüóqwertzuiopőúűasdfghjkléáyxcvbnm,.-",
        "§'\"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁYXCVBNM?:_",
        "",
    ),
    layout(
        "Hungarian of 101 keys",
        "í123456789öüóqwertyuiopőúűasdfghjkléázxcvbnm,.-",
        "Í'\"+!%/=()ÖÜÓQWERTYUIOPŐÚŰASDFGHJKLÉÁZXCVBNM?:_",
        "",
    ),
    layout(
        "Italian",
        "\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-",
        "|!\"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_",
        "",
    ),
    layout(
        "Latvian",
        "\u{ad}1234567890-fūgjrmvnzēčžhķšusildatec´ņbīkpoā,.ļ",
        "?!«»$%/&×()_FŪGJRMVNZĒČŽHĶŠUSILDATEC°ŅBĪKPOĀ;:Ļ",
        "´°",
    )
    .separator(BACKSPACE),
    layout(
        "Lithuanian",
        "`ąčęėįšųū90-žqwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
        "~ĄČĘĖĮŠŲŪ()_ŽQWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?",
        "",
    ),
    layout(
        "Lithuanian, IBM",
        "`!\"/;:,.?()_+ąžertyuiopį“|asdfghjklųėzūcvbnmčšę",
        "~1234567890-=ĄŽERTYUIOPĮ”\\ASDFGHJKLŲĖZŪCVBNMČŠĘ",
        "",
    ),
    layout(
        "Swiss French and Luxembourgish",
        "§1234567890'^qwertzuiopè¨$asdfghjkléàyxcvbnm,.-",
        "°+\"*ç%&/()=?`QWERTZUIOPü!£ASDFGHJKLöäYXCVBNM;:_",
        "^`¨",
    ),
    layout(
        "Swiss German",
        "§1234567890'^qwertzuiopü¨$asdfghjklöäyxcvbnm,.-",
        "°+\"*ç%&/()=?`QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_",
        "^`¨",
    ),
    layout(
        "Maltese",
        "ċ1234567890-=qwertyuiopġħżasdfghjkl;'zxcvbnm,./",
        "Ċ!@€$%^&*()_+QWERTYUIOPĠĦŻASDFGHJKL:\"ZXCVBNM<>?",
        "",
    ),
    layout(
        "Norwegian",
        "|1234567890+\\qwertyuiopå¨'asdfghjkløæzxcvbnm,.-",
        "§!\"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLØÆZXCVBNM;:_",
        "`¨^",
    ),
    layout(
        "Sami, Norway",
        "|1234567890+\\ášertŧuiopåŋđasdfghjkløæzčcvbnm,.-",
        "§!\"#¤%&/()=?`ÁŠERTŦUIOPÅŊĐASDFGHJKLØÆZČCVBNM;:_",
        "`",
    ),
    layout(
        "Portuguese",
        "\\1234567890'«qwertyuiop+´~asdfghjklçºzxcvbnm,.-",
        "|!\"#$%&/()=?»QWERTYUIOP*`^ASDFGHJKLÇªZXCVBNM;:_",
        "~´^`",
    ),
    layout(
        "Romanian",
        "„1234567890-=qwertyuiopăîâasdfghjklșțzxcvbnm,./",
        "”!@#$%^&*()_+QWERTYUIOPĂÎÂASDFGHJKLȘȚZXCVBNM;:?",
        "",
    ),
    layout(
        "Croatian and Slovenian",
        "¸1234567890'+qwertzuiopšđžasdfghjklčćyxcvbnm,.-",
        "¨!\"#$%&/()=?*QWERTZUIOPŠĐŽASDFGHJKLČĆYXCVBNM;:_",
        "¸¨",
    )
    .separator(ESCAPE),
    layout(
        "Spanish",
        "º1234567890'¡qwertyuiop`+çasdfghjklñ´zxcvbnm,.-",
        "ª!\"·$%&/()=?¿QWERTYUIOP^*ÇASDFGHJKLÑ¨ZXCVBNM;:_",
        "`´^¨",
    ),
    layout(
        "Greek with Latin letters",
        "\\1234567890'+qwertyuiop[]`asdfghjkl´^zxcvbnm,.-",
        "|!\"#$%&/()=?*QWERTYUIOP{}@ASDFGHJKL¨~ZXCVBNM;:_",
        "~^¨´`",
    ),
    layout(
        "Bulgarian",
        "(1234567890-.,уеишщксдзц;„ьяаожгтнвмчюйъэфхпрлб",
        ")!?+\"%=:/–№$€ыУЕИШЩКСДЗЦ§“ѝЯАОЖГТНВМЧЮЙЪЭФХПРЛБ",
        "",
    ),
    layout(
        "Bulgarian, typewriter",
        "`1234567890-.,уеишщксдзц;(ьяаожгтнвмчюйъэфхпрлб",
        "~!?+\"%=:/_№ІVыУЕИШЩКСДЗЦ§)ЬЯАОЖГТНВМЧЮЙЪЭФХПРЛБ",
        "",
    ),
    layout(
        "Bulgarian, phonetic",
        "ч1234567890-=явертъуиопшщюасдфгхйкл;'зьцжбнм,./",
        "Ч!@№$%€§*()_+ЯВЕРТЪУИОПШЩЮАСДФГХЙКЛ:\"ЗѝЦЖБНМ<>?",
        "",
    ),
];
