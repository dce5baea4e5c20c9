#pragma once
#include "marketplace/trace/lots.hpp"
#include "platform/pdf/document.hpp"

namespace choso::marketplace {

/// Stamps on sheets of A4 for a label printer: 5 across, 10 down, each with its QR, name, lot, serial, and its scratch code.
class StampSheet {
 public:
    StampSheet(Lot lot, std::string base_url);
    void add(PrintedStamp const& stamp);
    /// The PDF; with no stamp added, an empty page.
    [[nodiscard]] std::string finish();

 private:
    Lot lot_;
    std::string base_url_;
    pdf::Document document_;
    int on_page_ = 0;
};

}  // namespace choso::marketplace
