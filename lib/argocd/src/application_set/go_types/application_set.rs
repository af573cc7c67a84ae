//! ApplicationSet (`pkg/apis/application/v1alpha1/applicationset_types.go` of 3.4 to 3.6), as far as it decides what is made.

use super::application::{METADATA, TEMPLATE};
use super::generators::GENERATORS;
use super::structure::{GoType, Struct, TEXTS, always, field};
use GoType::{Bool, Pointer, TextPointer};

pub(crate) static APPLICATION_SET: Struct = Struct {
    name: "ApplicationSet",
    fields: &[
        always("metadata", GoType::Struct(&METADATA)),
        always("spec", GoType::Struct(&APPLICATION_SET_SPEC)),
    ],
};

static APPLICATION_SET_SPEC: Struct = Struct {
    name: "ApplicationSetSpec",
    fields: &[
        field("goTemplate", Bool),
        always("generators", GENERATORS),
        always("template", TEMPLATE),
        field("syncPolicy", Pointer(&APPLICATION_SET_SYNC_POLICY)),
        field("goTemplateOptions", TEXTS),
        field("templatePatch", TextPointer),
    ],
};

static APPLICATION_SET_SYNC_POLICY: Struct = Struct {
    name: "ApplicationSetSyncPolicy",
    fields: &[
        field("preserveResourcesOnDeletion", Bool),
        field("applicationsSync", TextPointer),
    ],
};
