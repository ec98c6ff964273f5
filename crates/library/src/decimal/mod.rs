//! `_decimal`: decimal arithmetic as the General Decimal Arithmetic Specification has it, with the interface of CPython's
//! module on libmpdec.
//!
//! | file | what |
//! |---|---|
//! | `number.rs` | numbers, and the digits of coefficients |
//! | `rules.rs` | what contexts demand of results, conditions, rounding |
//! | `arithmetic.rs`, `power.rs`, `logarithms.rs`, `compare.rs`, `exponent.rs` | the operations |
//! | `text.rs`, `format.rs`, `locale.rs` | to text and out of it |
//! | `convert.rs` | other values to numbers and back |
//! | `object.rs`, `context.rs`, `functions.rs` | `Decimal`, `Context`, and the methods that both have |
//! | `signals.rs` | the exceptions, and mappings of them |

mod arithmetic;
mod compare;
mod context;
mod convert;
mod exponent;
mod format;
mod functions;
mod locale;
mod logarithms;
mod number;
mod object;
mod power;
mod rules;
mod signals;
mod text;

#[pvm_macros::pymodule(name = "_decimal")]
pub mod native {
    //! C decimal arithmetic module
    use pvm_macros::pyfunction;
    use pvm_object::{PyResult, Ref, Value, Vm};

    use super::context::{ContextManager, needs_context};
    use super::rules::{MAX_EMAX, MAX_PREC, MIN_EMIN, MIN_ETINY, ROUNDINGS};
    use super::signals;
    use crate::constants::set;

    #[export]
    use super::context::Context;
    #[export]
    use super::object::Decimal;

    #[constant]
    #[name = "MAX_PREC"]
    const LARGEST_PRECISION: i64 = MAX_PREC;
    #[constant]
    #[name = "MAX_EMAX"]
    const LARGEST_EXPONENT: i64 = MAX_EMAX;
    #[constant]
    #[name = "MIN_EMIN"]
    const SMALLEST_EXPONENT: i64 = MIN_EMIN;
    #[constant]
    #[name = "MIN_ETINY"]
    const SMALLEST_TINY: i64 = MIN_ETINY;
    #[constant]
    const IEEE_CONTEXT_MAX_BITS: i64 = 512;
    #[constant]
    const HAVE_THREADS: bool = true;
    #[constant]
    const HAVE_CONTEXTVAR: bool = true;
    #[constant]
    #[name = "__version__"]
    const VERSION: &str = "1.70";
    #[constant]
    #[name = "__libmpdec_version__"]
    const LIBMPDEC_VERSION: &str = "2.5.1";

    /// Get the current default context.
    #[pyfunction]
    fn getcontext(vm: &mut Vm) -> PyResult<Ref<Context>> {
        super::context::current(vm)
    }

    /// Set a new default context.
    #[pyfunction]
    #[signature = "(context, /)"]
    fn setcontext(vm: &mut Vm, context: &Value) -> PyResult<()> {
        super::context::set(vm, context)
    }

    /// Return a context manager that will set the default context to a copy of ctx
    /// on entry to the with-statement and restore the previous default context when
    /// exiting the with-statement. If no context is specified, a copy of the current
    /// default context is used.
    #[pyfunction]
    #[signature = "(ctx=None, **kwargs)"]
    fn localcontext(
        vm: &mut Vm,
        ctx: Option<&Value>,
        kwargs: pvm_object::arguments::Keywords<'_>,
    ) -> PyResult<Ref<ContextManager>> {
        let global = super::context::current(vm)?;
        let local = match ctx {
            None => global.duplicate(vm)?,
            Some(given) => match given.downcast::<Context>() {
                Some(given) => given.duplicate(vm)?,
                None => return Err(needs_context(vm)),
            },
        };
        const NAMES: [&str; 8] = ["prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"];
        let mut values: [Option<Value>; 8] = Default::default();
        for (name, value) in kwargs.iter() {
            match NAMES.iter().position(|known| name.is_str(known)) {
                Some(index) => values[index] = Some(value.to_owned()),
                None => {
                    let name = name.to_string_lossy().into_owned();
                    return Err(vm.type_error(format_args!("localcontext() got an unexpected keyword argument '{name}'")));
                }
            }
        }
        Context::update(&local, vm, std::array::from_fn(|index| values[index].as_ref()))?;
        Ok(vm.alloc(ContextManager::new(local, global)))
    }

    /// Return a context object initialized to the proper values for one of the
    /// IEEE interchange formats.  The argument must be a multiple of 32 and less
    /// than IEEE_CONTEXT_MAX_BITS.
    #[pyfunction]
    #[name = "IEEEContext"]
    fn ieee_context(vm: &mut Vm, bits: &Value) -> PyResult<Ref<Context>> {
        let bits = super::context::size(vm, bits, "an integer is required")?;
        if bits <= 0 || bits > 512 || bits % 32 != 0 {
            return Err(vm.value_error(format_args!("argument must be a multiple of 32, with a maximum of 512")));
        }
        super::context::ieee_context(vm, bits)
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        let classes = signals::make(vm)?;
        for (name, class) in classes.named() {
            set(vm, module, name, class)?;
        }
        for (_, name) in ROUNDINGS {
            let text = vm.intern(name).into();
            set(vm, module, name, &text)?;
        }
        let names = ["DefaultContext", "BasicContext", "ExtendedContext"];
        for (name, context) in names.into_iter().zip(super::context::templates(vm)?) {
            set(vm, module, name, &context.into())?;
        }
        let tuple = classes.tuple(vm)?;
        set(vm, module, "DecimalTuple", &tuple)?;
        let register = vm.intern("register");
        let name = vm.intern("Number");
        let base = vm.import_attr("numbers", &name)?;
        let class = <Decimal as pvm_object::PyClass>::type_object().to_value();
        vm.call_method(&base, &register, &[class])?;
        Ok(())
    }
}
