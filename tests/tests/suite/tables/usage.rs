//! The mistakes of a usage store that is not reportable.

use super::{Table, table};

pub(crate) const USAGE: Table = table! {
    LostMetadata:
        every_field_is_kept, empty_texts_are_kept, any_text_is_kept, metadata_of_any_shape_is_kept,
        a_nul_is_kept_or_refused, a_long_text_is_kept_or_refused, an_abandoned_save_is_whole_or_absent;
    MetadataKeysLowered: any_text_is_kept, metadata_of_any_shape_is_kept;
    NanosecondsKept: times_are_cut_to_microseconds, a_far_time_is_kept_or_refused;
    TimesRounded: times_are_cut_to_microseconds, a_far_time_is_kept_or_refused;
    MillisecondsKept:
        times_are_cut_to_microseconds, a_far_time_is_kept_or_refused,
        ranges_have_their_beginning_and_not_their_end, ends_of_ranges_are_cut_to_microseconds,
        random_operations_agree_with_a_model;
    TextTrimmed: any_text_is_kept, metadata_of_any_shape_is_kept;
    TextCut: a_long_text_is_kept_or_refused;
    TextEndsAtNul: a_nul_is_kept_or_refused;
    RefusedAndStored: a_nul_is_kept_or_refused;
    RefusalNamesNoField: a_nul_is_kept_or_refused;
    FarTimeClamped: a_far_time_is_kept_or_refused;
    PanicsAtNul: a_nul_is_kept_or_refused;
    NulInKeyIsAnError: a_nul_is_kept_or_refused, a_key_that_cannot_be_held_has_no_usage;
    IdsFolded:
        ties_are_ordered_by_the_bytes_of_the_id, ids_are_compared_byte_for_byte,
        random_operations_agree_with_a_model;
    IdsPadded: ids_are_compared_byte_for_byte, random_operations_agree_with_a_model;
    IdsComposed: ids_are_compared_byte_for_byte, random_operations_agree_with_a_model;
    IdsAreNumbers: ids_are_compared_byte_for_byte;
    IdsArePatterns: ids_are_compared_byte_for_byte;
    CorruptIsDefault: a_value_that_cannot_be_read_is_corrupt;
    CorruptIsSkipped: a_value_that_cannot_be_read_is_corrupt;
    CorruptNamesNoColumn: a_value_that_cannot_be_read_is_corrupt;
    ListById: lists_are_ordered_by_time, random_operations_agree_with_a_model;
    ListEndsAt100: lists_are_ordered_by_time;
    ListOfNothingIsNotFound:
        a_key_that_cannot_be_held_has_no_usage, ends_of_ranges_are_clamped, a_list_of_nothing_is_empty,
        ids_are_compared_byte_for_byte, an_abandoned_save_is_whole_or_absent, an_empty_range_has_nothing,
        ends_of_ranges_are_cut_to_microseconds, random_operations_agree_with_a_model;
    ListBackwards:
        lists_are_ordered_by_time, ties_are_ordered_by_the_bytes_of_the_id,
        lists_have_every_metric_of_one_subscription, ranges_have_their_beginning_and_not_their_end,
        ends_of_ranges_are_cut_to_microseconds, random_operations_agree_with_a_model;
    TiesAsSaved: ties_are_ordered_by_the_bytes_of_the_id, random_operations_agree_with_a_model;
    TiesInLocale: ties_are_ordered_by_the_bytes_of_the_id;
    CheckThenInsert: racing_records_of_one_id_count_once;
    HalfWritten: an_abandoned_save_is_whole_or_absent;
    RepeatReplaces:
        a_repeated_id_is_refused_and_counts_once, racing_records_of_one_id_count_once,
        random_operations_agree_with_a_model;
    RepeatSwallowed:
        a_repeated_id_is_refused_and_counts_once, racing_records_of_one_id_count_once,
        random_operations_agree_with_a_model;
    RepeatCounts:
        a_repeated_id_is_refused_and_counts_once, racing_records_of_one_id_count_once,
        random_operations_agree_with_a_model;
    IdenticalRepeatIsOk: a_repeated_id_is_refused_and_counts_once, racing_records_of_one_id_count_once;
    IdsPerSubscription: a_repeated_id_is_refused_and_counts_once, random_operations_agree_with_a_model;
    QuantityOf32Bits:
        quantities_are_kept_to_their_ends, a_total_that_fits_is_exact_in_whatever_order,
        a_total_that_does_not_fit_is_an_overflow, random_operations_agree_with_a_model;
    EndIncluded:
        ranges_have_their_beginning_and_not_their_end, an_empty_range_has_nothing,
        ends_of_ranges_are_cut_to_microseconds, random_operations_agree_with_a_model;
    BeginningExcluded:
        times_are_cut_to_microseconds, a_far_time_is_kept_or_refused, ends_of_ranges_are_clamped,
        lists_have_every_metric_of_one_subscription, subscriptions_and_metrics_are_compared_byte_for_byte,
        ranges_have_their_beginning_and_not_their_end, ends_of_ranges_are_cut_to_microseconds,
        random_operations_agree_with_a_model;
    EndsSwapped: ends_of_ranges_are_clamped, an_empty_range_has_nothing, random_operations_agree_with_a_model;
    EndsKeepNanoseconds: ends_of_ranges_are_cut_to_microseconds;
    FarEndsRefused: times_are_cut_to_microseconds, a_far_time_is_kept_or_refused, ends_of_ranges_are_clamped;
    FarEndsEmpty: times_are_cut_to_microseconds, a_far_time_is_kept_or_refused, ends_of_ranges_are_clamped;
    NegativeIgnored:
        negative_quantities_count, a_total_that_fits_is_exact_in_whatever_order,
        a_total_that_does_not_fit_is_an_overflow, random_operations_agree_with_a_model;
    SumWraps: a_total_that_does_not_fit_is_an_overflow, random_operations_agree_with_a_model;
    SumSaturates: a_total_that_does_not_fit_is_an_overflow, random_operations_agree_with_a_model;
    SumOverflowsHalfway: a_total_that_fits_is_exact_in_whatever_order, random_operations_agree_with_a_model;
    SumIsADouble: a_total_that_fits_is_exact_in_whatever_order, random_operations_agree_with_a_model;
    SumOfEveryMetric:
        a_key_that_cannot_be_held_has_no_usage, subscriptions_and_metrics_are_compared_byte_for_byte,
        sums_are_of_one_subscription_and_metric, a_total_that_fits_is_exact_in_whatever_order,
        a_total_that_does_not_fit_is_an_overflow, random_operations_agree_with_a_model;
    SumOfEverySubscription:
        a_key_that_cannot_be_held_has_no_usage, subscriptions_and_metrics_are_compared_byte_for_byte,
        racing_records_of_one_id_count_once, sums_are_of_one_subscription_and_metric,
        random_operations_agree_with_a_model;
    SumOfNothingIsNotFound:
        a_key_that_cannot_be_held_has_no_usage, ends_of_ranges_are_clamped,
        a_repeated_id_is_refused_and_counts_once, an_empty_range_has_nothing,
        ends_of_ranges_are_cut_to_microseconds, sums_are_of_one_subscription_and_metric,
        random_operations_agree_with_a_model;
    ListOfOneMetric:
        a_nul_is_kept_or_refused, a_long_text_is_kept_or_refused, lists_have_every_metric_of_one_subscription,
        random_operations_agree_with_a_model;
    MetricsFolded: subscriptions_and_metrics_are_compared_byte_for_byte, random_operations_agree_with_a_model;
    ExtensionUnclaimed: no_reportable_extension_is_found;
};
