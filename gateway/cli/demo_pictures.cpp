#include "gateway/cli/demo_pictures.hpp"

#include <array>

namespace choso::cli::demo {
namespace {

struct Drawing {
    std::string_view kind;
    std::string_view ground, main, light;   ///< colours
    std::string_view shapes;                ///< MAIN and LIGHT stand for the colours
};

// Each kind of goods is a few plain shapes on a table; the colours turn with the product, so that no two look alike.
constexpr std::array drawings{
    Drawing{"tea", "#e8f1e4", "#2f6b3a", "#7fb069",
            "<path d='M400 640C240 560 190 400 400 180c210 220 160 380 0 460z' fill='MAIN'/><path d='M400 640V260M400 430l-90-70M400 500l95-85' stroke='LIGHT' stroke-width='14' fill='none'/>"
            "<path d='M600 650c-90-20-130-110-60-220 80 80 110 160 60 220z' fill='LIGHT'/>"},
    Drawing{"fruit", "#fdeee6", "#c8342b", "#e9736a",
            "<circle cx='320' cy='470' r='130' fill='MAIN'/><circle cx='490' cy='500' r='120' fill='LIGHT'/><circle cx='410' cy='340' r='110' fill='MAIN'/>"
            "<path d='M410 230c20-60 80-90 150-80-10 60-70 100-150 80z' fill='#4c8a3f'/>"},
    Drawing{"honey", "#fff4d6", "#d98e04", "#f6c445",
            "<rect x='270' y='290' width='260' height='340' rx='40' fill='LIGHT'/><rect x='300' y='220' width='200' height='80' rx='14' fill='#6b4a1f'/>"
            "<path d='M330 400h140l40 60-40 60H330l-40-60z' fill='MAIN'/>"},
    Drawing{"noodles", "#f6f0e6", "#b98a4e", "#e8d3ae",
            "<g fill='none' stroke='MAIN' stroke-width='16'><path d='M230 330c80-60 260-60 340 0'/><path d='M230 380c80-60 260-60 340 0'/><path d='M230 430c80-60 260-60 340 0'/></g>"
            "<path d='M190 440h420c0 120-90 200-210 200s-210-80-210-200z' fill='LIGHT'/><path d='M190 440h420' stroke='MAIN' stroke-width='18'/>"},
    Drawing{"rice", "#f3f5ea", "#8a8f3c", "#eceacb",
            "<path d='M280 300h240l60 330H220z' fill='LIGHT'/><path d='M280 300c20-50 220-50 240 0z' fill='MAIN'/><g fill='MAIN'><ellipse cx='360' cy='470' rx='14' ry='30'/>"
            "<ellipse cx='410' cy='430' rx='14' ry='30'/><ellipse cx='450' cy='490' rx='14' ry='30'/><ellipse cx='390' cy='540' rx='14' ry='30'/></g>"},
    Drawing{"jar", "#f7ebe8", "#9b3d2e", "#dba39a",
            "<rect x='250' y='300' width='300' height='330' rx='60' fill='LIGHT'/><rect x='280' y='230' width='240' height='80' rx='18' fill='MAIN'/>"
            "<rect x='290' y='410' width='220' height='110' rx='12' fill='#fff'/><path d='M320 465h160' stroke='MAIN' stroke-width='14'/>"},
    Drawing{"meat", "#fbeae7", "#a63a3a", "#e6a19b",
            "<ellipse cx='400' cy='460' rx='230' ry='150' fill='LIGHT'/><ellipse cx='400' cy='450' rx='170' ry='100' fill='MAIN'/><circle cx='470' cy='430' r='36' fill='#fff'/>"},
    Drawing{"mushroom", "#f1ece6", "#7a4f2b", "#d9c2a7",
            "<path d='M200 420c20-180 380-180 400 0z' fill='MAIN'/><path d='M340 420h120l20 210H320z' fill='LIGHT'/><circle cx='320' cy='350' r='24' fill='LIGHT'/><circle cx='440' cy='330' r='30' fill='LIGHT'/>"},
    Drawing{"vegetable", "#e9f5e6", "#3f8f3a", "#9fd08a",
            "<path d='M400 640V360' stroke='LIGHT' stroke-width='50'/><path d='M400 420C220 440 200 260 260 190c80 20 140 100 140 230z' fill='MAIN'/><path d='M400 420c180 20 200-160 140-230-80 20-140 100-140 230z' fill='MAIN'/>"
            "<path d='M400 400c-70-100-40-200 0-240 40 40 70 140 0 240z' fill='LIGHT'/>"},
    Drawing{"cake", "#fdf1e1", "#b5652a", "#f2c48d",
            "<rect x='220' y='330' width='360' height='260' rx='26' fill='LIGHT'/><path d='M220 440h360M400 330v260' stroke='MAIN' stroke-width='22'/><circle cx='400' cy='440' r='40' fill='MAIN'/>"},
    Drawing{"drink", "#e6f0f7", "#2b6f9e", "#a9cfe6",
            "<path d='M350 170h100v110l50 80v250a30 30 0 0 1-30 30H330a30 30 0 0 1-30-30V360l50-80z' fill='LIGHT'/><rect x='300' y='420' width='200' height='130' fill='MAIN'/><rect x='350' y='150' width='100' height='40' rx='8' fill='MAIN'/>"},
    Drawing{"craft", "#f4eee2", "#8c5a2b", "#d3a873",
            "<path d='M220 360h360l-50 280H270z' fill='LIGHT'/><g stroke='MAIN' stroke-width='12' fill='none'><path d='M235 430h330M248 500h304M260 570h280'/><path d='M320 360l20 280M400 360v280M480 360l-20 280'/><path d='M260 360c0-190 280-190 280 0'/></g>"},
};

std::string replaced(std::string text, std::string_view word, std::string_view by) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + by.size())) text.replace(at, word.size(), by);
    return text;
}

}  // namespace

std::string drawing_of(std::string_view kind, std::size_t nth) {
    auto const* drawing = &drawings.front();
    for (auto const& it : drawings)
        if (it.kind == kind) drawing = &it;
    auto shapes = replaced(replaced(std::string{drawing->shapes}, "MAIN", drawing->main), "LIGHT", drawing->light);
    auto const turn = std::to_string(static_cast<int>(nth * 37 % 24) - 12);
    auto const dots = 3 + nth % 5;
    auto out = std::string{"<svg xmlns='http://www.w3.org/2000/svg' width='640' height='640' viewBox='0 0 800 800'><rect width='800' height='800' fill='"} + std::string{drawing->ground} + "'/>";
    for (auto i = std::size_t{0}; i < dots; ++i)
        out += "<circle cx='" + std::to_string(90 + (nth * 97 + i * 163) % 620) + "' cy='" + std::to_string(70 + (nth * 53 + i * 211) % 640) + "' r='" +
               std::to_string(18 + (nth + i * 7) % 40) + "' fill='" + std::string{drawing->light} + "' opacity='.25'/>";
    return out + "<ellipse cx='400' cy='660' rx='260' ry='34' fill='#0002'/><g transform='rotate(" + turn + " 400 420)'>" + shapes + "</g></svg>";
}

}  // namespace choso::cli::demo
