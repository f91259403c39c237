//! The rules of Open Badges 3.0 on top of the data model.
