//! Setting a text stream up, and `reconfigure`.

use std::sync::OnceLock;

use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Ref, Value, Vm, names};

use super::codec::{Decoder, Encoder, TextCodec};
use super::{Status, TextIoWrapper};
use crate::io::errors::{ask, call0, unsupported};
use crate::io::newlines::{Newline, Translation};

/// The encoding of the process's locale, as `LC_ALL`, `LC_CTYPE` or `LANG` name it. The C locale counts as UTF-8 (PEP 538).
pub fn locale_encoding() -> &'static str {
    static ENCODING: OnceLock<String> = OnceLock::new();
    ENCODING.get_or_init(|| {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty())
            .unwrap_or_default();
        if matches!(locale.as_str(), "" | "C" | "POSIX") {
            return "UTF-8".to_owned();
        }
        let codeset = locale.split('@').next().and_then(|name| name.split_once('.'));
        match codeset {
            Some((_, codeset)) if !codeset.eq_ignore_ascii_case("utf8") => codeset.to_ascii_uppercase(),
            Some(_) => "UTF-8".to_owned(),
            None => "ISO-8859-1".to_owned(),
        }
    })
}

/// A codec: a native one, or what the registry knows under the name.
enum Codec {
    Native(TextCodec),
    Python(Ref<Tuple>),
}

impl Codec {
    fn find(vm: &mut Vm, encoding: &str) -> PyResult<Codec> {
        if let Some(native) = TextCodec::of_name(encoding) {
            return Ok(Codec::Native(native));
        }
        let codec = vm.codec_lookup(encoding)?;
        if codec.as_value().downcast_exact::<Tuple>().is_none()
            && let Some(is_text) = vm.find_attr(&codec.to_value(), &names::_is_text_encoding)?
            && !vm.truth(&is_text)?
        {
            return Err(vm.lookup_error(format_args!("'{encoding}' is not a text encoding")));
        }
        Ok(Codec::Python(codec))
    }

    /// The incremental decoder or encoder that the attribute makes.
    fn make(vm: &mut Vm, codec: &Ref<Tuple>, maker: &Object<Str>, errors: &Ref<Str>) -> PyResult {
        let maker = vm.getattr(&codec.to_value(), maker)?;
        vm.call(&maker, &[errors.to_value()])
    }

    fn decoder(&self, vm: &mut Vm, newline: Newline, errors: &Ref<Str>) -> PyResult<Decoder> {
        let translation = newline.is_universal().then(|| Translation::new(newline == Newline::Universal));
        match self {
            Codec::Native(native) => Ok(Decoder::native(*native, translation)),
            Codec::Python(codec) => {
                let decoder = Codec::make(vm, codec, &names::incrementaldecoder, errors)?;
                Ok(Decoder::python(decoder, translation))
            }
        }
    }

    fn encoder(&self, vm: &mut Vm, errors: &Ref<Str>) -> PyResult<Encoder> {
        match self {
            Codec::Native(native) => Ok(Encoder::Native(*native)),
            Codec::Python(codec) => {
                let encoder = Codec::make(vm, codec, &names::incrementalencoder, errors)?;
                Ok(Encoder::Python(encoder))
            }
        }
    }
}

/// What is changed of a stream's settings.
#[derive(Default)]
pub struct Settings<'a> {
    /// The encoding.
    pub encoding: Option<&'a str>,
    /// The error handler.
    pub errors: Option<&'a str>,
    /// The argument `newline`.
    pub newline: Option<Option<&'a str>>,
    /// `line_buffering`.
    pub line_buffering: Option<bool>,
    /// `write_through`.
    pub write_through: Option<bool>,
}

fn newline_of(vm: &mut Vm, argument: Option<&str>) -> PyResult<Newline> {
    match Newline::of(argument) {
        Some(newline) => Ok(newline),
        None => {
            let shown = argument.unwrap_or_default();
            Err(vm.value_error(format_args!("illegal newline value: {shown}")))
        }
    }
}

/// Whether UTF-8 is the default encoding everywhere (PEP 540).
fn utf8_mode(vm: &mut Vm) -> PyResult<bool> {
    crate::io::interpreter_flag(vm, "utf8_mode")
}

impl TextIoWrapper {
    /// `TextIOWrapper.__init__`.
    pub fn init(this: &Object<Self>, vm: &mut Vm, buffer: &Value, settings: &Settings<'_>) -> PyResult<()> {
        this.status.set(Status::Uninitialized);
        let newline = newline_of(vm, settings.newline.flatten())?;
        let encoding = match settings.encoding {
            Some(encoding) if encoding != "locale" => vm.try_str(encoding)?,
            None if utf8_mode(vm)? => vm.try_str("utf-8")?,
            _ => vm.try_str(locale_encoding())?,
        };
        let errors = vm.try_str(settings.errors.unwrap_or("strict"))?;
        // Where a program is being developed, mistakes come out early.
        if settings.errors.is_some() && crate::io::interpreter_flag(vm, "dev_mode")? {
            vm.codec_error_handler(&errors.to_string())?;
        }
        let name = encoding.to_string();
        let codec = Codec::find(vm, &name)?;
        this.decoder.set(None, vm);
        this.encoder.set(None, vm);
        this.encoding.set(Some(encoding), vm);
        this.errors.set(Some(errors.clone()), vm);
        this.snapshot.set(None, vm);
        this.set_decoded(Default::default(), vm);
        this.pending.borrow_mut(vm).clear();
        this.chunk_size.set(8192);
        this.newline.set(newline);
        this.line_buffering.set(settings.line_buffering.unwrap_or(false));
        this.write_through.set(settings.write_through.unwrap_or(false));
        this.ratio.set(0.0);
        this.buffer.set(Some(buffer.clone()), vm);
        this.make_codecs(vm, buffer, &codec, &errors)?;
        let seekable = ask(vm, buffer, &names::seekable)?;
        this.seekable.set(seekable);
        this.telling.set(seekable);
        let has_read1 = vm.find_attr(buffer, &names::read1)?.is_some();
        this.has_read1.set(has_read1);
        this.start_encoder(vm, buffer)?;
        this.status.set(Status::Ready);
        Ok(())
    }

    fn make_codecs(&self, vm: &mut Vm, buffer: &Value, codec: &Codec, errors: &Ref<Str>) -> PyResult<()> {
        let decoder = match ask(vm, buffer, &names::readable)? {
            true => Some(codec.decoder(vm, self.newline.get(), errors)?),
            false => None,
        };
        self.decoder.set(decoder, vm);
        let encoder = match ask(vm, buffer, &names::writable)? {
            true => Some(codec.encoder(vm, errors)?),
            false => None,
        };
        self.encoder.set(encoder, vm);
        Ok(())
    }

    /// Where the stream does not begin at the start, no byte order mark is written (`_textiowrapper_fix_encoder_state`).
    fn start_encoder(&self, vm: &mut Vm, buffer: &Value) -> PyResult<()> {
        let Some(encoder) = self.encoder.borrow(vm).as_ref().map(Encoder::share) else {
            return Ok(());
        };
        if !self.seekable.get() || matches!(encoder, Encoder::Native(_)) {
            return Ok(());
        }
        let position = call0(vm, buffer, &names::tell)?;
        if vm.eq(&position, &Value::from_i32(0))? { Ok(()) } else { encoder.reset(vm, false) }
    }

    /// `reconfigure(…)`.
    pub(super) fn change_settings(this: &Object<Self>, vm: &mut Vm, settings: &Settings<'_>) -> PyResult<()> {
        let was_read = !this.decoded.borrow(vm).is_empty() || this.snapshot.borrow(vm).is_some();
        let recodes = settings.encoding.is_some() || settings.errors.is_some() || settings.newline.is_some();
        if was_read && recodes {
            return Err(unsupported(vm, "It is not possible to set the encoding or newline of stream after the first read"));
        }
        let newline = match settings.newline {
            Some(newline) => newline_of(vm, newline)?,
            None => this.newline.get(),
        };
        call0(vm, &this.to_value(), &names::flush)?;
        this.ratio.set(0.0);
        if recodes {
            this.change_codecs(vm, settings, newline)?;
        }
        if let Some(line_buffering) = settings.line_buffering {
            this.line_buffering.set(line_buffering);
        }
        if let Some(write_through) = settings.write_through {
            this.write_through.set(write_through);
        }
        Ok(())
    }

    fn change_codecs(&self, vm: &mut Vm, settings: &Settings<'_>, newline: Newline) -> PyResult<()> {
        let encoding = match settings.encoding {
            Some("locale") if utf8_mode(vm)? => Some(vm.try_str("utf-8")?),
            Some("locale") => Some(vm.try_str(locale_encoding())?),
            Some(encoding) => Some(vm.try_str(encoding)?),
            None => self.encoding.get(vm),
        };
        let errors = match (settings.errors, settings.encoding) {
            (Some(errors), _) => vm.try_str(errors)?,
            (None, Some(_)) => vm.try_str("strict")?,
            (None, None) => match self.errors.get(vm) {
                Some(errors) => errors,
                None => vm.try_str("strict")?,
            },
        };
        let name = encoding.as_ref().map(ToString::to_string).unwrap_or_default();
        let codec = Codec::find(vm, &name)?;
        let buffer = self.attached(vm)?;
        self.newline.set(newline);
        self.make_codecs(vm, &buffer, &codec, &errors)?;
        self.encoding.set(encoding, vm);
        self.errors.set(Some(errors), vm);
        self.start_encoder(vm, &buffer)
    }
}
