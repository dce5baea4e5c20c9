#include "gateway/payments/rows.hpp"

#include "base/assert.hpp"

namespace choso::payments {

bool ReferenceNumbers::has(std::int16_t bucket, std::int64_t count) const {
    auto const found = blocks_.find(bucket);
    if (found == blocks_.end()) return false;
    auto left = std::int64_t{0};
    for (auto const& [next, end] : found->second) left += end - next;
    return left >= count;
}

void ReferenceNumbers::add_block(std::int16_t bucket, std::int64_t first) { blocks_[bucket].emplace_back(first, first + block); }

std::int64_t ReferenceNumbers::take(std::int16_t bucket) {
    auto& blocks = blocks_[bucket];
    CHOSO_ASSERT(!blocks.empty());
    auto const number = blocks.front().first++;
    if (blocks.front().first == blocks.front().second) blocks.erase(blocks.begin());
    return number;
}

}  // namespace choso::payments
