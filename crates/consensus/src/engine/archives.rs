//! Where marshal keeps final blocks and their certificates.

use super::settings::BUFFER;
use commonware_runtime::buffer::paged::CacheRef;
use commonware_storage::{archive::prunable, translator::EightCap};
use commonware_utils::NZU64;

pub(super) const ITEMS_PER_SECTION: std::num::NonZeroU64 = NZU64!(256);

pub(super) fn config<C>(
    prefix: &str,
    name: &str,
    page_cache: CacheRef,
    codec_config: C,
) -> prunable::Config<EightCap, C> {
    prunable::Config {
        translator: EightCap,
        metadata_partition: format!("{prefix}-{name}-metadata"),
        key_partition: format!("{prefix}-{name}-keys"),
        key_page_cache: page_cache,
        value_partition: format!("{prefix}-{name}-values"),
        compression: None,
        codec_config,
        items_per_section: ITEMS_PER_SECTION,
        key_write_buffer: BUFFER,
        value_write_buffer: BUFFER,
        replay_buffer: BUFFER,
    }
}
