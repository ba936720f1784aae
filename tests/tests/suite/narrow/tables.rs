//! What each store that is weaker than it says fails, beside the rules of today.

use super::{Broken, Said};

/// What a store says, how it is weaker, and the rules that it fails: all of them and no other.
pub(crate) type Table = &'static [(Said, Broken, &'static [&'static str])];

macro_rules! table {
    ($($said:ident $broken:ident: $($rule:ident),+;)*) => {
        &[$((Said::$said, Broken::$broken, &[$(stringify!($rule)),+])),*]
    };
}

pub(crate) const PLAN: Table = table! {
    Narrow AbsentIsDropped:
        a_field_without_a_place_refuses_values, a_long_text_is_kept_or_refused, a_nul_is_kept_or_refused,
        a_refused_replacement_changes_nothing, replacing_refuses_what_cannot_be_held;
    Narrow ConstantIsOverwritten:
        a_field_of_one_value_refuses_others, a_long_text_is_kept_or_refused, a_nul_is_kept_or_refused,
        a_refused_replacement_changes_nothing, replacing_refuses_what_cannot_be_held;
    Narrow UnknownWordIsStored: a_word_without_a_label_is_refused, replacing_refuses_what_cannot_be_held;
    Narrow NumberIsClamped: a_number_out_of_range_is_refused, replacing_refuses_what_cannot_be_held;
    Narrow ForeignIdIsStored: a_text_in_another_form_is_refused;
    Narrow FineTimeIsCut: a_time_that_is_too_fine_is_refused, replacing_refuses_what_cannot_be_held;
    Narrow CoarseTimeIsFine:
        times_are_cut_to_their_step, replacing_keeps_any_value, times_are_cut_to_microseconds;
    Narrow FarTimeIsStored: a_time_out_of_range_is_refused, replacing_refuses_what_cannot_be_held;
    Narrow NoneIsStored: a_value_that_reads_as_none_is_refused, replacing_refuses_what_cannot_be_held;
    Narrow RefusedReplacementIsHalfDone:
        replacing_refuses_what_cannot_be_held, a_refused_replacement_changes_nothing;
    Narrow ForeignKeyIsAnError:
        a_text_in_another_form_is_refused, a_key_that_cannot_be_held_is_not_found,
        a_long_text_is_kept_or_refused, a_nul_is_kept_or_refused;
    Shared SharedTakesTheFirst:
        fields_of_one_column_refuse_a_second_value, a_long_text_is_kept_or_refused, a_nul_is_kept_or_refused,
        a_refused_replacement_changes_nothing, replacing_refuses_what_cannot_be_held;
    Shared DroppedIsRefused: what_is_dropped_reads_as_declared;
    Made MadeIsRefused: what_the_database_makes_is_not_written;
    Made TakenKeyIsStored: a_key_without_a_place_is_refused, replacing_refuses_what_cannot_be_held;
    Made DeletedIsRevived: a_deleted_id_is_not_used_again, random_operations_agree_with_a_model;
    Made FoldedReplaces: an_id_that_folds_into_another_is_refused;
    Made RepeatIsRefused: a_provider_id_may_repeat, random_operations_agree_with_a_model;
    Elsewhere NowhereIsStored: a_value_that_no_other_table_has_is_refused, replacing_refuses_what_cannot_be_held;
    Decided ContradictionIsStored:
        a_value_that_other_fields_contradict_is_refused, replacing_refuses_what_cannot_be_held;
    ReadOnly WriteIsInvalid: every_write_is_refused_where_nothing_can_be_written;
    Provided MissingIsStored:
        none_is_refused_where_there_must_be_something, replacing_refuses_what_cannot_be_held;
};

pub(crate) const SUBSCRIPTION: Table = table! {
    Narrow AbsentIsDropped:
        a_field_without_a_place_refuses_values, a_long_text_is_kept_or_refused, a_nul_is_kept_or_refused,
        a_refused_replacement_changes_nothing, creating_keeps_or_refuses_a_long_text,
        creating_keeps_or_refuses_a_nul, creating_refuses_what_cannot_be_held,
        replacing_refuses_what_cannot_be_held;
    Narrow ConstantIsOverwritten:
        a_field_of_one_value_refuses_others, a_long_text_is_kept_or_refused, a_nul_is_kept_or_refused,
        a_refused_replacement_changes_nothing, creating_keeps_or_refuses_a_long_text,
        creating_keeps_or_refuses_a_nul, creating_refuses_what_cannot_be_held,
        replacing_refuses_what_cannot_be_held;
    Narrow UnknownWordIsStored:
        a_word_without_a_label_is_refused, creating_refuses_what_cannot_be_held,
        replacing_refuses_what_cannot_be_held;
    Narrow ForeignIdIsStored: a_text_in_another_form_is_refused, creating_refuses_what_cannot_be_held;
    Narrow FineTimeIsCut:
        a_time_that_is_too_fine_is_refused, creating_refuses_what_cannot_be_held,
        replacing_refuses_what_cannot_be_held;
    Narrow CoarseTimeIsFine:
        times_are_cut_to_their_step, creating_cuts_times_to_microseconds, replacing_keeps_any_value,
        times_are_cut_to_microseconds;
    Narrow FarTimeIsStored:
        a_time_out_of_range_is_refused, creating_refuses_what_cannot_be_held,
        replacing_refuses_what_cannot_be_held;
    Narrow NoneIsStored:
        a_value_that_reads_as_none_is_refused, creating_refuses_what_cannot_be_held,
        replacing_refuses_what_cannot_be_held;
    Narrow RefusedReplacementIsHalfDone:
        replacing_refuses_what_cannot_be_held, a_refused_replacement_changes_nothing;
    Narrow CreateChecksNothing:
        creating_refuses_what_cannot_be_held, creating_cuts_times_to_microseconds,
        creating_keeps_or_refuses_a_far_time;
    Narrow ForeignKeyIsAnError:
        looking_up_what_has_no_place_is_not_found, a_key_that_cannot_be_held_is_not_found,
        a_long_text_is_kept_or_refused, a_nul_is_kept_or_refused, a_text_in_another_form_is_refused,
        creating_keeps_or_refuses_a_long_text, creating_keeps_or_refuses_a_nul,
        creating_refuses_what_cannot_be_held;
    Narrow UnknownStatusListsAll:
        filtering_by_what_has_no_place_matches_nothing, filtering_by_what_cannot_be_held_matches_nothing;
    Shared SharedTakesTheFirst:
        fields_of_one_column_refuse_a_second_value, a_long_text_is_kept_or_refused, a_nul_is_kept_or_refused,
        a_refused_replacement_changes_nothing, creating_keeps_or_refuses_a_long_text,
        creating_keeps_or_refuses_a_nul, creating_refuses_what_cannot_be_held,
        replacing_refuses_what_cannot_be_held;
    Shared DroppedIsRefused: what_is_dropped_reads_as_declared;
    Made MadeIsRefused: what_the_database_makes_is_not_written;
    Made TakenKeyIsStored:
        a_key_without_a_place_is_refused, creating_refuses_what_cannot_be_held,
        replacing_refuses_what_cannot_be_held;
    Made DeletedIsRevived: a_deleted_id_is_not_used_again, random_operations_agree_with_a_model;
    Made FoldedReplaces: an_id_that_folds_into_another_is_refused;
    Made RepeatIsRefused:
        a_provider_id_may_repeat, of_several_with_a_provider_id_the_live_one_is_found,
        random_operations_agree_with_a_model;
    Made RepeatFindsTheOldest: of_several_with_a_provider_id_the_live_one_is_found;
    Elsewhere NowhereIsStored:
        a_value_that_no_other_table_has_is_refused, creating_refuses_what_cannot_be_held,
        replacing_refuses_what_cannot_be_held;
    Decided ContradictionIsStored:
        a_value_that_other_fields_contradict_is_refused, creating_refuses_what_cannot_be_held,
        replacing_refuses_what_cannot_be_held;
    ReadOnly WriteIsInvalid: every_write_is_refused_where_nothing_can_be_written;
    Provided MissingIsStored:
        none_is_refused_where_there_must_be_something, creating_refuses_what_cannot_be_held,
        replacing_refuses_what_cannot_be_held;
    OneEach SecondIsTaken: a_subscriber_may_have_one_subscription, random_operations_agree_with_a_model;
};

pub(crate) const USAGE: Table = table! {
    Narrow AbsentIsDropped:
        a_field_without_a_place_refuses_values, a_long_text_is_kept_or_refused, a_nul_is_kept_or_refused;
    Narrow ConstantIsOverwritten:
        a_field_of_one_value_refuses_others, a_key_that_cannot_be_held_has_no_usage,
        a_key_that_has_no_place_has_no_usage, a_long_text_is_kept_or_refused, a_nul_is_kept_or_refused;
    Narrow NumberIsClamped: a_number_out_of_range_is_refused;
    Narrow ForeignIdIsStored: a_text_in_another_form_is_refused;
    Narrow FineTimeIsCut: a_time_that_is_too_fine_is_refused, marking_refuses_what_cannot_be_held;
    Narrow CoarseTimeIsFine: times_are_cut_to_their_step, times_are_cut_to_microseconds;
    Narrow FarTimeIsStored: a_time_out_of_range_is_refused, marking_refuses_what_cannot_be_held;
    Narrow NoneIsStored: a_value_that_reads_as_none_is_refused, marking_refuses_what_cannot_be_held;
    Narrow ForeignKeyIsAnError: a_key_that_has_no_place_has_no_usage, a_key_that_cannot_be_held_has_no_usage;
    Narrow MarkIsCut: marking_refuses_what_cannot_be_held;
    Shared SharedTakesTheFirst: fields_of_one_column_refuse_a_second_value, a_far_time_is_kept_or_refused;
    Keyed DroppedIsRefused: what_is_dropped_reads_as_declared;
    Made MadeIsRefused: what_the_database_makes_is_not_written;
    Made TakenKeyIsStored: a_key_without_a_place_is_refused;
    Made FoldedIsSwallowed: an_id_that_folds_into_another_is_refused;
    Elsewhere NowhereIsStored: a_value_that_no_other_table_has_is_refused;
    ReadOnly WriteIsInvalid: every_write_is_refused_where_nothing_can_be_written;
    Keyed KeyIsTheId: an_id_counts_once_for_each_key;
};
