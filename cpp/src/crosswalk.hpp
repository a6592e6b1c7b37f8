#pragma once

#include <string_view>

namespace tocsin {

/// Whether the text is the three-letter code of a country or a territory of its own: ISO 3166-1 alpha-3, the codes that
/// CAMEO has for some of them instead (ROM, TMP, MTN, IMY, ANT, WSB, GZS), Kosovo (XKX), and states that no longer
/// exist (SUN, YUG, ...). Regions that CAMEO writes in the same way (AFR, EUR, WST, ...) are not countries.
[[nodiscard]] bool is_country(std::string_view three_letters) noexcept;

}  // namespace tocsin
