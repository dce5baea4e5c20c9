#pragma once
#include "base/id.hpp"

/// Ids of what a marketplace keeps. A seller is named by its merchant's id.
namespace choso::marketplace {

struct ProductTag { static constexpr std::string_view prefix = "prod"; };
struct VariantTag { static constexpr std::string_view prefix = "var"; };
struct CategoryTag { static constexpr std::string_view prefix = "cat"; };
struct ImageTag { static constexpr std::string_view prefix = "img"; };
struct ProofTag { static constexpr std::string_view prefix = "prf"; };
struct ImportTag { static constexpr std::string_view prefix = "imp"; };
struct LotTag { static constexpr std::string_view prefix = "lot"; };
struct StampBatchTag { static constexpr std::string_view prefix = "stb"; };

using ProductId = Id<ProductTag>;
using VariantId = Id<VariantTag>;
using CategoryId = Id<CategoryTag>;
using ImageId = Id<ImageTag>;
using ProofId = Id<ProofTag>;
using ImportId = Id<ImportTag>;
using LotId = Id<LotTag>;
using StampBatchId = Id<StampBatchTag>;

}  // namespace choso::marketplace
