//! The East Asian encodings, in which a character takes several bytes: `_codecs_cn`, `_codecs_hk`, `_codecs_iso2022`,
//! `_codecs_jp`, `_codecs_kr` and `_codecs_tw`. Their incremental and stream classes are `python/_multibytecodec.py`.
//!
//! | file | what |
//! |---|---|
//! | `tables.rs`, `tables.zst` | which code means which character, made by `tools/multibyte_tables.py` |
//! | `coding.rs` | the encodings by name, and what all have in common |
//! | `stateless.rs` | those in which bytes always mean the same |
//! | `hz.rs`, `iso2022.rs` | those that shift between sets of characters |
//! | `sets.rs` | the sets of characters of `iso2022.rs` |
//! | `codec.rs` | `MultibyteCodec` |

mod codec;
mod coding;
mod hz;
mod iso2022;
mod sets;
mod stateless;
mod tables;

macro_rules! modules {
    ($($module:ident $name:literal [$($encoding:literal)*];)*) => {$(
        /// The module.
        #[pvm_macros::pymodule(name = $name)]
        pub mod $module {
            use pvm_macros::pyfunction;
            use pvm_object::{PyResult, Ref, Value, Vm};

            use super::codec::{MultibyteCodec, find};

            /// The codec of an encoding.
            #[pyfunction]
            fn getcodec(vm: &mut Vm, encoding: &Value) -> PyResult<Ref<MultibyteCodec>> {
                find(vm, encoding, &[$($encoding),*])
            }
        }
    )*};
}

modules! {
    cn "_codecs_cn" ["gb2312" "gbk" "gb18030" "hz"];
    hk "_codecs_hk" ["big5hkscs"];
    iso "_codecs_iso2022" [
        "iso2022_kr" "iso2022_jp" "iso2022_jp_1" "iso2022_jp_2" "iso2022_jp_2004" "iso2022_jp_3" "iso2022_jp_ext"
    ];
    jp "_codecs_jp" ["shift_jis" "cp932" "euc_jp" "shift_jis_2004" "euc_jis_2004" "euc_jisx0213" "shift_jisx0213"];
    kr "_codecs_kr" ["euc_kr" "cp949" "johab"];
    tw "_codecs_tw" ["big5" "cp950"];
}
