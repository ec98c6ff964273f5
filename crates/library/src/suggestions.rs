//! `_suggestions`: the closest of some names, for `traceback`.

#[pvm_macros::pymodule(name = "_suggestions")]
pub mod native {
    use pvm_macros::pyfunction;
    use pvm_object::list::List;
    use pvm_object::str::Str;
    use pvm_object::suggestions::closest;
    use pvm_object::{Object, PyResult, Value, Vm};

    /// Returns the candidate in candidates that's closest to item
    #[pyfunction]
    fn _generate_suggestions(vm: &mut Vm, candidates: &Value, item: &Object<Str>) -> PyResult<Option<String>> {
        let Some(list) = candidates.downcast_exact::<List>() else {
            return Err(vm.type_error(format_args!("candidates must be a list")));
        };
        let names: Option<Vec<String>> =
            list.items(vm).iter().map(|name| name.downcast::<Str>().map(|name| name.to_string())).collect();
        match names {
            Some(names) => Ok(closest(&item.to_string(), &names).map(str::to_owned)),
            None => Err(vm.type_error(format_args!("all elements in 'candidates' must be strings"))),
        }
    }
}
