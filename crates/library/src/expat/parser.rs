//! `xmlparser`: the reader as Python sees it.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::bytearray::ByteArray;
use pvm_object::bytes::Bytes;
use pvm_object::dict::Dict;
use pvm_object::str::Str;
use pvm_object::{Foreign, Heap, HeapCell, Object, PyResult, Raised, Ref, Value, Vm};

use super::decode::Encoding;
use super::error::{self, Code};
use super::event::{Event, Wants};
use super::handlers::{COUNT, Handler};
use super::machine::{External, Machine};
use super::model::Model;

/// Something is wrong with a document.
#[pyclass(exception, name = "ExpatError", module = "xml.parsers.expat")]
pub struct ExpatError;

/// XML parser
#[pyclass(name = "xmlparser", module = "pyexpat", final, parts(handlers))]
pub struct XmlParser {
    machine: HeapCell<Foreign<Box<Machine>>>,
    handlers: HeapCell<Vec<Option<Value>>>,
    /// The parser of the document that an external entity belongs to.
    _parent: Option<Value>,
    #[member]
    intern: Value,
    /// The encoding that the document is said to be in.
    encoding: HeapCell<Option<String>>,
    /// Text that waits for more of it.
    buffer: HeapCell<String>,
    size: Cell<usize>,
    buffers: Cell<bool>,
    ordered: Cell<bool>,
    specified: Cell<bool>,
    calling: Cell<bool>,
    /// Which of the default handlers was set last.
    default: Cell<Option<Handler>>,
}

/// Bytes of text that are kept together at first.
const BUFFER: usize = 8192;

impl XmlParser {
    /// A parser of documents.
    pub fn of_documents(encoding: Option<String>, separator: Option<String>, intern: Value) -> XmlParser {
        XmlParser {
            machine: HeapCell::new(Foreign(Box::new(Machine::new(separator)))),
            handlers: HeapCell::new(vec![None; COUNT]),
            _parent: None,
            intern,
            encoding: HeapCell::new(encoding),
            buffer: HeapCell::default(),
            size: Cell::new(BUFFER),
            buffers: Cell::new(false),
            ordered: Cell::new(false),
            specified: Cell::new(false),
            calling: Cell::new(false),
            default: Cell::new(None),
        }
    }

    fn machine<'a>(&'a self, heap: &'a mut Heap) -> &'a mut Machine {
        &mut self.machine.borrow_mut(heap).0
    }

    /// The handler that was set.
    pub fn handler(&self, handler: Handler, heap: &Heap) -> Option<Value> {
        self.handlers.borrow(heap)[handler as usize].clone()
    }

    /// Sets a handler, or none for `None`.
    pub fn set_handler(&self, handler: Handler, value: Option<&Value>, vm: &mut Vm) -> PyResult<()> {
        let Some(value) = value else {
            return Err(vm.runtime_error(format_args!("Cannot delete attribute")));
        };
        if handler == Handler::CharacterData {
            self.flush(vm)?;
        }
        let value = (!value.is_none()).then(|| value.clone());
        if matches!(handler, Handler::Default | Handler::DefaultExpand) {
            self.default.set(value.as_ref().map(|_| handler));
            self.machine(vm).expand_internal = handler == Handler::DefaultExpand;
        }
        let old = std::mem::replace(&mut self.handlers.borrow_mut(vm)[handler as usize], value);
        self.tell_wants(vm);
        if let Some(old) = old {
            vm.release(old);
        }
        Ok(())
    }

    fn tell_wants(&self, heap: &mut Heap) {
        let has = |handler: Handler| self.handlers.borrow(heap)[handler as usize].is_some();
        let wants = Wants {
            default: self.default.get().is_some(),
            skipped: has(Handler::SkippedEntity),
            external: has(Handler::ExternalEntity),
            not_standalone: has(Handler::NotStandalone),
            start_doctype: has(Handler::StartDoctype),
            end_doctype: has(Handler::EndDoctype),
            entity: has(Handler::EntityDecl),
            notation: has(Handler::NotationDecl),
            attlist: has(Handler::AttlistDecl),
            element_decl: has(Handler::ElementDecl),
            unparsed: has(Handler::UnparsedEntityDecl),
        };
        self.machine(heap).wants = wants;
    }

    /// A name, the same object each time.
    fn name(&self, text: &str, vm: &mut Vm) -> PyResult {
        let text: Value = vm.try_str(text)?.into();
        match self.intern.downcast::<Dict>() {
            Some(intern) => intern.set_default(&text, &text, vm),
            None => Ok(text),
        }
    }

    fn optional_name(&self, text: Option<&str>, vm: &mut Vm) -> PyResult {
        text.map_or(Ok(Value::none()), |text| self.name(text, vm))
    }

    /// Calls a handler, if it is set, with what `arguments` makes.
    fn call<const N: usize>(
        &self,
        vm: &mut Vm,
        handler: Handler,
        arguments: impl FnOnce(&Self, &mut Vm) -> PyResult<[Value; N]>,
    ) -> PyResult<Option<Value>> {
        if self.handler(handler, vm).is_none() {
            return Ok(None);
        }
        self.flush(vm)?;
        // Giving out the text that waited may have taken the handler away.
        let Some(function) = self.handler(handler, vm) else {
            return Ok(Some(Value::none()));
        };
        let arguments = arguments(self, vm)?;
        self.calling.set(true);
        let result = vm.call(&function, &arguments);
        self.calling.set(false);
        result.map(Some)
    }

    /// Calls the default handler with an event's own text.
    fn call_default(&self, vm: &mut Vm) -> PyResult<()> {
        let Some(handler) = self.default.get() else { return Ok(()) };
        let raw = self.machine(vm).raw().to_owned();
        if !raw.is_empty() {
            self.call(vm, handler, |_, vm| Ok([vm.try_str(&raw)?.into()]))?;
        }
        Ok(())
    }

    /// Gives out the text that waits.
    fn flush(&self, vm: &mut Vm) -> PyResult<()> {
        let text = std::mem::take(self.buffer.borrow_mut(vm));
        if text.is_empty() {
            return Ok(());
        }
        self.give_text(&text, vm)
    }

    fn give_text(&self, text: &str, vm: &mut Vm) -> PyResult<()> {
        if let Some(function) = self.handler(Handler::CharacterData, vm) {
            let text = vm.try_str(text)?.into();
            self.calling.set(true);
            let result = vm.call(&function, &[text]);
            self.calling.set(false);
            result?;
        }
        Ok(())
    }

    fn text(&self, text: String, vm: &mut Vm) -> PyResult<()> {
        if self.handler(Handler::CharacterData, vm).is_none() {
            return self.call_default(vm);
        }
        if !self.buffers.get() {
            return self.give_text(&text, vm);
        }
        if self.buffer.borrow(vm).len() + text.len() > self.size.get() {
            self.flush(vm)?;
            // The handler may have gone, or want no buffer any more.
            if self.handler(Handler::CharacterData, vm).is_none() {
                return Ok(());
            }
            if !self.buffers.get() {
                return self.give_text(&text, vm);
            }
        }
        if text.len() > self.size.get() {
            return self.give_text(&text, vm);
        }
        self.buffer.borrow_mut(vm).push_str(&text);
        Ok(())
    }

    /// Whether what a handler gave says that reading is to go on.
    fn goes_on(vm: &mut Vm, result: &Value) -> PyResult<bool> {
        let number: i32 = crate::parameters::c_int(result, vm)?;
        Ok(number != 0)
    }

    fn attributes(&self, attributes: &[(String, String)], vm: &mut Vm) -> PyResult {
        if self.ordered.get() {
            let list = vm.new_list();
            for (name, value) in attributes {
                let name = self.name(name, vm)?;
                list.push(name, vm)?;
                let value = vm.try_str(value)?.into();
                list.push(value, vm)?;
            }
            return Ok(list.into());
        }
        let dict = vm.new_dict();
        for (name, value) in attributes {
            let (name, value) = (self.name(name, vm)?, vm.try_str(value)?.into());
            dict.set(&name, value, vm)?;
        }
        Ok(dict.into())
    }

    fn model(&self, model: &Model, vm: &mut Vm) -> PyResult {
        vm.check_recursion(" in conv_content_model")?;
        let mut parts = Vec::with_capacity(model.parts.len());
        for part in &model.parts {
            parts.push(self.model(part, vm)?);
        }
        let parts = vm.try_tuple(parts)?.into();
        let name = self.optional_name(model.name.as_deref(), vm)?;
        let items = [Value::from_i32(model.kind), Value::from_i32(model.quantifier), name, parts];
        Ok(vm.try_tuple(items)?.into())
    }

    /// Tells the program of one event.
    fn dispatch(&self, vm: &mut Vm, event: Event) -> PyResult<()> {
        let optional = |vm: &mut Vm, text: &Option<String>| -> PyResult {
            text.as_ref().map_or(Ok(Value::none()), |text| Ok(vm.try_str(text)?.into()))
        };
        let handled = match event {
            Event::Text(text) => return self.text(text, vm),
            Event::Other => None,
            Event::Start { name, mut attributes, specified, empty } => {
                if self.specified.get() {
                    attributes.truncate(specified);
                }
                let result = self.call(vm, Handler::StartElement, |this, vm| {
                    let attributes = this.attributes(&attributes, vm)?;
                    Ok([this.name(&name, vm)?, attributes])
                })?;
                if result.is_none() && empty && self.handler(Handler::EndElement, vm).is_some() {
                    return Ok(());
                }
                result
            }
            Event::End { name, empty } => {
                let result = self.call(vm, Handler::EndElement, |this, vm| Ok([this.name(&name, vm)?]))?;
                if empty {
                    return Ok(());
                }
                result
            }
            Event::Instruction { target, data } => {
                self.call(vm, Handler::Instruction, |this, vm| Ok([this.name(&target, vm)?, vm.try_str(&data)?.into()]))?
            }
            Event::Comment(text) => self.call(vm, Handler::Comment, |_, vm| Ok([vm.try_str(&text)?.into()]))?,
            Event::StartCdata => self.call(vm, Handler::StartCdata, |_, _| Ok([]))?,
            Event::EndCdata => self.call(vm, Handler::EndCdata, |_, _| Ok([]))?,
            Event::StartNamespace { prefix, uri } => {
                self.call(vm, Handler::StartNamespace, |this, vm| {
                    Ok([this.optional_name(prefix.as_deref(), vm)?, this.optional_name(uri.as_deref(), vm)?])
                })?;
                return Ok(());
            }
            Event::EndNamespace { prefix } => {
                self.call(vm, Handler::EndNamespace, |this, vm| Ok([this.optional_name(prefix.as_deref(), vm)?]))?;
                return Ok(());
            }
            Event::XmlDecl { version, encoding, standalone } => self.call(vm, Handler::XmlDecl, |_, vm| {
                Ok([optional(vm, &version)?, optional(vm, &encoding)?, Value::from_i32(standalone)])
            })?,
            Event::StartDoctype { name, system, public, internal } => self.call(vm, Handler::StartDoctype, |this, vm| {
                let (system, public) = (this.optional_name(system.as_deref(), vm)?, this.optional_name(public.as_deref(), vm)?);
                Ok([this.name(&name, vm)?, system, public, Value::from_i32(internal.into())])
            })?,
            Event::EndDoctype => self.call(vm, Handler::EndDoctype, |_, _| Ok([]))?,
            Event::ElementDecl { name, model } => self.call(vm, Handler::ElementDecl, |this, vm| {
                let model = this.model(&model, vm)?;
                Ok([this.name(&name, vm)?, model])
            })?,
            Event::AttlistDecl { element, name, kind, default, required } => {
                self.call(vm, Handler::AttlistDecl, |this, vm| {
                    let (element, name) = (this.name(&element, vm)?, this.name(&name, vm)?);
                    let kind = vm.try_str(&kind)?.into();
                    Ok([element, name, kind, optional(vm, &default)?, Value::from_i32(required.into())])
                })?
            }
            Event::EntityDecl(decl) => self.call(vm, Handler::EntityDecl, |this, vm| {
                Ok([
                    this.name(&decl.name, vm)?,
                    Value::from_i32(decl.parameter.into()),
                    optional(vm, &decl.value)?,
                    this.optional_name(decl.base.as_deref(), vm)?,
                    this.optional_name(decl.system.as_deref(), vm)?,
                    this.optional_name(decl.public.as_deref(), vm)?,
                    this.optional_name(decl.notation.as_deref(), vm)?,
                ])
            })?,
            Event::UnparsedEntityDecl(decl) => self.call(vm, Handler::UnparsedEntityDecl, |this, vm| {
                Ok([
                    this.name(&decl.name, vm)?,
                    this.optional_name(decl.base.as_deref(), vm)?,
                    this.optional_name(decl.system.as_deref(), vm)?,
                    this.optional_name(decl.public.as_deref(), vm)?,
                    this.optional_name(decl.notation.as_deref(), vm)?,
                ])
            })?,
            Event::NotationDecl { name, base, system, public } => self.call(vm, Handler::NotationDecl, |this, vm| {
                Ok([
                    this.name(&name, vm)?,
                    this.optional_name(base.as_deref(), vm)?,
                    this.optional_name(system.as_deref(), vm)?,
                    this.optional_name(public.as_deref(), vm)?,
                ])
            })?,
            Event::SkippedEntity { name, parameter } => {
                self.call(vm, Handler::SkippedEntity, |this, vm| Ok([this.name(&name, vm)?, Value::from_i32(parameter.into())]))?
            }
            Event::NotStandalone => {
                let result = self.call(vm, Handler::NotStandalone, |_, _| Ok([]))?;
                if let Some(result) = result
                    && !XmlParser::goes_on(vm, &result)?
                {
                    self.machine(vm).fail(Code::NotStandalone);
                }
                return Ok(());
            }
            Event::ExternalEntity { context, base, system, public } => {
                let result = self.call(vm, Handler::ExternalEntity, |this, vm| {
                    Ok([
                        optional(vm, &context)?,
                        this.optional_name(base.as_deref(), vm)?,
                        this.optional_name(system.as_deref(), vm)?,
                        this.optional_name(public.as_deref(), vm)?,
                    ])
                })?;
                if let Some(result) = result
                    && !XmlParser::goes_on(vm, &result)?
                {
                    self.machine(vm).fail(Code::ExternalEntityHandling);
                }
                return Ok(());
            }
            Event::UnknownEncoding(name) => return self.explain_encoding(vm, &name),
        };
        match handled {
            None => self.call_default(vm),
            Some(_) => Ok(()),
        }
    }

    /// Finds out what the bytes of an encoding mean (`PyUnknownEncodingHandler`).
    fn explain_encoding(&self, vm: &mut Vm, name: &str) -> PyResult<()> {
        let bytes: Vec<u8> = (0..=255).collect();
        let (bytes, method) = (vm.new_bytes(&bytes)?.into(), vm.intern("decode"));
        let arguments = [vm.try_str(name)?.into(), vm.intern("replace").into()];
        let text = vm.call_method(&bytes, &method, &arguments)?;
        let table = match text.downcast::<Str>() {
            Some(text) if text.len() == 256 => {
                text.view().code_points().map(|point| if point == 0xfffd { -1 } else { point as i32 }).collect::<Vec<_>>()
            }
            _ => return Err(vm.value_error(format_args!("multi-byte encodings are not supported"))),
        };
        let table = Box::<[i32]>::from(table).try_into().ok();
        // A failure lies in the reader, which tells it next.
        let _ = self.machine(vm).explain_encoding(table);
        Ok(())
    }

    /// Takes all handlers away (`clear_handlers`).
    fn clear_handlers(&self, vm: &mut Vm) {
        let old = std::mem::replace(self.handlers.borrow_mut(vm), vec![None; COUNT]);
        self.default.set(None);
        self.tell_wants(vm);
        drop(old);
    }

    /// The exception of a document that is wrong (`set_error`).
    #[cold]
    fn error(&self, vm: &mut Vm, code: Code) -> Raised {
        let text = error::text(code as i64).unwrap_or_default();
        self.error_with(vm, code as i32, text)
    }

    #[cold]
    fn error_with(&self, vm: &mut Vm, code: i32, text: &str) -> Raised {
        let position = self.machine(vm).position();
        let (line, column) = (position.line, position.column);
        let raised = vm.raise_message(EXPAT_ERROR_TYPE.get(), format_args!("{text}: line {line}, column {column}"));
        let exception = vm.catch(raised);
        for (name, number) in [("code", i64::from(code)), ("lineno", line as i64), ("offset", column as i64)] {
            let (name, number) = (vm.intern(name), vm.int(number));
            if let Err(raised) = vm.setattr(&exception.as_value(), &name, &number) {
                return raised;
            }
        }
        vm.reraise(exception)
    }

    /// Reads so many bytes, and tells the program of what they are.
    fn read(&self, vm: &mut Vm, bytes: &[u8], last: bool) -> PyResult<i32> {
        if !self.machine(vm).started
            && let Some(name) = self.encoding.get(vm)
        {
            match Encoding::known(&name) {
                Some(encoding) => self.machine(vm).decoder.fix(encoding),
                None => self.explain_encoding(vm, &name)?,
            }
        }
        if let Err(code) = self.machine(vm).feed(bytes, last) {
            return Err(self.error(vm, code));
        }
        if self.machine(vm).is_deferred() {
            return Ok(1);
        }
        let mut steps = 0;
        loop {
            steps += 1;
            if steps % 1024 == 0 {
                vm.poll(1024)?;
            }
            let failed = self.machine(vm).failed;
            let next = match failed {
                Some(code) => Err(code),
                None => self.machine(vm).next(),
            };
            let event = match next {
                Ok(None) => break,
                Ok(Some(event)) => event,
                Err(code) => {
                    self.flush(vm)?;
                    return Err(self.error(vm, code));
                }
            };
            if let Err(raised) = self.dispatch(vm, event) {
                // The rest is read without handlers.
                let exception = vm.catch(raised);
                self.clear_handlers(vm);
                self.buffer.borrow_mut(vm).clear();
                while let Ok(Some(_)) = self.machine(vm).next() {}
                return Err(vm.reraise(exception));
            }
        }
        self.flush(vm)?;
        Ok(1)
    }

    fn refuse_within(&self, vm: &mut Vm, method: &str) -> PyResult<()> {
        match self.calling.get() {
            true => Err(vm.runtime_error(format_args!("cannot call {method}() from within a handler"))),
            false => Ok(()),
        }
    }

    fn limits<T>(&self, vm: &mut Vm, set: impl FnOnce(&mut Machine) -> T) -> PyResult<T> {
        match self._parent.is_some() {
            true => Err(self.error_with(vm, Code::InvalidArgument as i32, "parser must be a root parser")),
            false => Ok(set(self.machine(vm))),
        }
    }

    fn factor(&self, vm: &mut Vm, factor: f64) -> PyResult<f64> {
        match factor >= 1.0 {
            true => Ok(factor),
            false => Err(self.error_with(vm, Code::InvalidArgument as i32, "'max_factor' must be at least 1.0")),
        }
    }
}

#[pymethods]
impl XmlParser {
    /// Parse XML data.
    ///
    /// 'data' can be a bytes-like object or a string.  If it is a string,
    /// the encoding declaration in the XML data is ignored.
    /// 'isfinal' should be true at end of input.
    #[name = "Parse"]
    #[signature = "(data, isfinal=False, /)"]
    fn parse(&self, vm: &mut Vm, data: &Value, isfinal: bool) -> PyResult<i32> {
        self.refuse_within(vm, "Parse")?;
        let bytes = match data.downcast::<Str>() {
            Some(text) => {
                let Some(utf8) = text.as_str() else { return Err(vm.surrogates_not_allowed(text)) };
                if !self.machine(vm).started {
                    self.encoding.set(Some("utf-8".to_owned()), vm);
                }
                utf8.as_bytes().to_vec()
            }
            None => vm.bytes_like(data)?.gather(vm),
        };
        self.read(vm, &bytes, isfinal)
    }

    /// Parse XML data from a binary file-like object.
    ///
    /// Its read() method should return bytes.
    #[name = "ParseFile"]
    #[signature = "(file, /)"]
    fn parse_file(&self, vm: &mut Vm, file: &Value) -> PyResult<i32> {
        const CHUNK: i32 = 2048;
        self.refuse_within(vm, "ParseFile")?;
        let name = vm.intern("read");
        let Some(read) = vm.find_attr(file, &name)? else {
            return Err(vm.type_error(format_args!("argument must have 'read' attribute")));
        };
        loop {
            let data = vm.call(&read, &[Value::from_i32(CHUNK)])?;
            if !data.is_instance_of::<Bytes>() && !data.is_instance_of::<ByteArray>() {
                let kind = vm.type_name(&data);
                return Err(vm.type_error(format_args!("read() did not return a bytes object (type={kind})")));
            }
            let bytes = vm.bytes_like(&data)?.gather(vm);
            if bytes.len() > CHUNK as usize {
                let len = bytes.len();
                return Err(
                    vm.value_error(format_args!("read() returned too much data: {CHUNK} bytes requested, {len} returned"))
                );
            }
            let last = bytes.is_empty();
            let result = self.read(vm, &bytes, last)?;
            if last {
                return Ok(result);
            }
        }
    }

    /// Set the base URL for the parser.
    #[name = "SetBase"]
    #[signature = "(base, /)"]
    fn set_base(&self, vm: &mut Vm, base: crate::parameters::CText<'_>) {
        self.machine(vm).base = Some(base.0.to_owned());
    }

    /// Return base URL string for the parser.
    #[name = "GetBase"]
    fn get_base(&self, vm: &mut Vm) -> Option<String> {
        self.machine(vm).base.clone()
    }

    /// Return the input which generated the current event as bytes.
    ///
    /// The data is in the encoding of the entity which contains the text.
    /// It extends to the end of the currently buffered input, therefore it
    /// can contain also the data of the following events, and if the event
    /// was generated by a large amount of text, not all of it may be
    /// available.
    #[name = "GetInputContext"]
    fn get_input_context(&self, vm: &mut Vm) -> PyResult<Option<Ref<Bytes>>> {
        if !self.calling.get() {
            return Ok(None);
        }
        let context = self.machine(vm).context();
        Ok(Some(vm.new_bytes(&context)?))
    }

    /// Create a parser for parsing an external entity based on the information passed to the ExternalEntityRefHandler.
    #[name = "ExternalEntityParserCreate"]
    #[signature = "(context, encoding=<unrepresentable>, /)"]
    fn external_entity_parser_create(
        this: &Object<Self>,
        vm: &mut Vm,
        context: crate::parameters::OptionalText<'_>,
        encoding: Option<crate::parameters::CText<'_>>,
    ) -> Ref<XmlParser> {
        let machine = this.machine(vm).external(context.0);
        let handlers = this.handlers.borrow(vm).clone();
        let parser = XmlParser {
            machine: HeapCell::new(Foreign(Box::new(machine))),
            handlers: HeapCell::new(handlers),
            _parent: Some(this.to_value()),
            intern: this.intern.clone(),
            encoding: HeapCell::new(encoding.map(|encoding| encoding.0.to_owned())),
            buffer: HeapCell::default(),
            size: this.size.clone(),
            buffers: this.buffers.clone(),
            ordered: this.ordered.clone(),
            specified: this.specified.clone(),
            calling: Cell::new(false),
            default: this.default.clone(),
        };
        vm.alloc(parser)
    }

    /// Controls parsing of parameter entities (including the external DTD subset).
    ///
    /// Possible flag values are XML_PARAM_ENTITY_PARSING_NEVER,
    /// XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE and
    /// XML_PARAM_ENTITY_PARSING_ALWAYS. Returns true if setting the flag
    /// was successful.
    #[name = "SetParamEntityParsing"]
    #[signature = "(flag, /)"]
    fn set_param_entity_parsing(&self, vm: &mut Vm, flag: i32) -> i32 {
        let machine = self.machine(vm);
        if machine.started {
            return 0;
        }
        machine.parameter_parsing = flag;
        1
    }

    /// Allows the application to provide an artificial external subset if one is not specified as part of the document instance.
    ///
    /// This readily allows the use of a 'default' document type controlled
    /// by the application, while still getting the advantage of providing
    /// document type information to the parser.  'flag' defaults to True if
    /// not provided.
    #[name = "UseForeignDTD"]
    #[signature = "(flag=True, /)"]
    fn use_foreign_dtd(&self, vm: &mut Vm, flag: bool) -> PyResult<()> {
        if self.machine(vm).started {
            return Err(self.error(vm, Code::CantChangeFeatureOnceParsing));
        }
        self.machine(vm).use_foreign_dtd = flag;
        Ok(())
    }

    /// Enable/Disable reparse deferral; enabled by default with Expat >=2.6.0.
    #[name = "SetReparseDeferralEnabled"]
    #[signature = "(enabled, /)"]
    fn set_reparse_deferral_enabled(&self, vm: &mut Vm, enabled: bool) {
        self.machine(vm).reparse_deferral = enabled;
    }

    /// Retrieve reparse deferral enabled status; always returns false with Expat <2.6.0.
    #[name = "GetReparseDeferralEnabled"]
    fn get_reparse_deferral_enabled(&self, vm: &mut Vm) -> bool {
        self.machine(vm).reparse_deferral
    }

    /// Sets the number of output bytes needed to activate protection against billion laughs attacks.
    ///
    /// The number of output bytes includes amplification from entity expansion
    /// and reading DTD files.
    ///
    /// Parser objects usually have a protection activation threshold of 8 MiB,
    /// but the actual default value depends on the underlying Expat library.
    ///
    /// Activation thresholds below 4 MiB are known to break support for DITA 1.3
    /// payload and are hence not recommended.
    #[name = "SetBillionLaughsAttackProtectionActivationThreshold"]
    #[signature = "(threshold, /)"]
    fn set_expansion_threshold(&self, vm: &mut Vm, threshold: u64) -> PyResult<()> {
        self.limits(vm, |machine| machine.limits.threshold = threshold)
    }

    /// Sets the maximum tolerated amplification factor for protection against billion laughs attacks.
    ///
    /// The amplification factor is calculated as "(direct + indirect) / direct"
    /// while parsing, where "direct" is the number of bytes read from the primary
    /// document in parsing and "indirect" is the number of bytes added by expanding
    /// entities and reading external DTD files, combined.
    ///
    /// The 'max_factor' value must be a non-NaN floating point value greater than
    /// or equal to 1.0. Amplification factors greater than 30,000 can be observed
    /// in the middle of parsing even with benign files in practice. In particular,
    /// the activation threshold should be carefully chosen to avoid false positives.
    ///
    /// Parser objects usually have a maximum amplification factor of 100,
    /// but the actual default value depends on the underlying Expat library.
    #[name = "SetBillionLaughsAttackProtectionMaximumAmplification"]
    #[signature = "(max_factor, /)"]
    fn set_expansion_factor(&self, vm: &mut Vm, max_factor: f64) -> PyResult<()> {
        self.limits(vm, |_| ())?;
        let factor = self.factor(vm, max_factor)?;
        self.limits(vm, |machine| machine.limits.factor = factor)
    }

    /// Sets the number of allocated bytes of dynamic memory needed to activate protection against disproportionate use of RAM.
    ///
    /// Parser objects usually have an allocation activation threshold of 64 MiB,
    /// but the actual default value depends on the underlying Expat library.
    #[name = "SetAllocTrackerActivationThreshold"]
    #[signature = "(threshold, /)"]
    fn set_memory_threshold(&self, vm: &mut Vm, threshold: u64) -> PyResult<()> {
        self.limits(vm, |machine| machine.limits.memory_threshold = threshold)
    }

    /// Sets the maximum amplification factor between direct input and bytes of dynamic memory allocated.
    ///
    /// The amplification factor is calculated as "allocated / direct" while
    /// parsing, where "direct" is the number of bytes read from the primary
    /// document in parsing and "allocated" is the number of bytes of
    /// dynamic memory allocated in the parser hierarchy.
    ///
    /// The 'max_factor' value must be a non-NaN floating point value
    /// greater than or equal to 1.0.  Amplification factors greater than
    /// 100.0 can be observed near the start of parsing even with benign
    /// files in practice.  In particular, the activation threshold should
    /// be carefully chosen to avoid false positives.
    ///
    /// Parser objects usually have a maximum amplification factor of 100,
    /// but the actual default value depends on the underlying Expat library.
    #[name = "SetAllocTrackerMaximumAmplification"]
    #[signature = "(max_factor, /)"]
    fn set_memory_factor(&self, vm: &mut Vm, max_factor: f64) -> PyResult<()> {
        self.limits(vm, |_| ())?;
        let factor = self.factor(vm, max_factor)?;
        self.limits(vm, |machine| machine.limits.memory_factor = factor)
    }

    #[getter(ErrorCode)]
    fn error_code(&self, vm: &mut Vm) -> i32 {
        self.machine(vm).failed.map_or(0, |code| code as i32)
    }

    #[getter(ErrorLineNumber)]
    fn error_line(&self, vm: &mut Vm) -> usize {
        self.machine(vm).position().line
    }

    #[getter(ErrorColumnNumber)]
    fn error_column(&self, vm: &mut Vm) -> usize {
        self.machine(vm).position().column
    }

    #[getter(ErrorByteIndex)]
    fn error_byte(&self, vm: &mut Vm) -> i64 {
        byte_index(self.machine(vm))
    }

    #[getter(CurrentLineNumber)]
    fn current_line(&self, vm: &mut Vm) -> usize {
        self.machine(vm).position().line
    }

    #[getter(CurrentColumnNumber)]
    fn current_column(&self, vm: &mut Vm) -> usize {
        self.machine(vm).position().column
    }

    #[getter(CurrentByteIndex)]
    fn current_byte(&self, vm: &mut Vm) -> i64 {
        byte_index(self.machine(vm))
    }

    #[getter]
    fn buffer_size(&self) -> usize {
        self.size.get()
    }

    #[setter(buffer_size)]
    fn set_buffer_size(&self, vm: &mut Vm, value: &Value) -> PyResult<()> {
        if value.as_int().is_none() {
            return Err(vm.type_error(format_args!("buffer_size must be an integer")));
        }
        let size = vm.index_clipped(value)?;
        if size <= 0 {
            return Err(vm.value_error(format_args!("buffer_size must be greater than zero")));
        }
        if size > i32::MAX as isize {
            return Err(vm.value_error(format_args!("buffer_size must not be greater than {}", i32::MAX)));
        }
        if size as usize != self.size.get() {
            self.flush(vm)?;
            self.size.set(size as usize);
        }
        Ok(())
    }

    #[getter]
    fn buffer_text(&self) -> bool {
        self.buffers.get()
    }

    #[setter(buffer_text)]
    fn set_buffer_text(&self, vm: &mut Vm, value: bool) -> PyResult<()> {
        if !value {
            self.flush(vm)?;
        }
        self.buffers.set(value);
        Ok(())
    }

    #[getter]
    fn buffer_used(&self, heap: &Heap) -> usize {
        self.buffer.borrow(heap).len()
    }

    #[getter]
    fn namespace_prefixes(&self, vm: &mut Vm) -> bool {
        self.machine(vm).namespace_prefixes
    }

    #[setter(namespace_prefixes)]
    fn set_namespace_prefixes(&self, vm: &mut Vm, value: bool) {
        self.machine(vm).namespace_prefixes = value;
    }

    #[getter]
    fn ordered_attributes(&self) -> bool {
        self.ordered.get()
    }

    #[setter(ordered_attributes)]
    fn set_ordered_attributes(&self, value: bool) {
        self.ordered.set(value);
    }

    #[getter]
    fn specified_attributes(&self) -> bool {
        self.specified.get()
    }

    #[setter(specified_attributes)]
    fn set_specified_attributes(&self, value: bool) {
        self.specified.set(value);
    }
}

/// Where the event begins in the document's bytes; -1 before there was any.
fn byte_index(machine: &mut Machine) -> i64 {
    match machine.started || machine.external != External::Document {
        true => machine.position().byte as i64,
        false => -1,
    }
}
