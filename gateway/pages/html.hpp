#pragma once
#include "platform/html/html.hpp"

namespace choso::pages {

using html::Attributes;
using html::escaped;
using html::Html;

}  // namespace choso::pages
