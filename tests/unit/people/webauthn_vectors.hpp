#pragma once
#include <string_view>

/// Ceremonies made with the openssl command (keys thrown away), base64url: for https://pay.example.vn.
namespace choso::people {

struct Ceremony {
    std::string_view name;
    int algorithm;
    std::string_view create_challenge, create_client_data, attestation, id;
    std::string_view get_challenge, get_client_data, authenticator_data, signature;
};

inline constexpr Ceremony ceremonies[] = {
    {"es256",
     -7,
     "n3FbsP-4nBL7kkLwnP-Jti5A02wPr4KuRN37egMiKwk",
     "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoibjNGYnNQLTRuQkw3a2tMd25QLUp0aTVBMDJ3UHI0S3VSTjM3ZWdNaUt3ay"
     "IsIm9yaWdpbiI6Imh0dHBzOi8vcGF5LmV4YW1wbGUudm4iLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViUwaZX-c4lUpteYTRdAfSB0-DWJ0LBZCW_H0-heTKSBuRFAAAAAAAAAAAAAAAAAAAAAAAAAA"
     "AAEK4N2uKTu4MRrOJ862R8GjmlAQIDJiABIVggR_PICnEFiKTnV8b7MNJ063dV1lJYSTA4wfi1lpb6qRYiWCBs-dC4BQih4zp6QwQIt-JEI-1U"
     "fwyv6ng1-vFjKfmKDQ",
     "rg3a4pO7gxGs4nzrZHwaOQ",
     "h59GuJ35FpS4iiJlYi4Z3KFjG8ZhAuF1I709tCGTIe0",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiaDU5R3VKMzVGcFM0aWlKbFlpNFozS0ZqRzhaaEF1RjFJNzA5dENHVEllMCIsIm"
     "9yaWdpbiI6Imh0dHBzOi8vcGF5LmV4YW1wbGUudm4iLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "waZX-c4lUpteYTRdAfSB0-DWJ0LBZCW_H0-heTKSBuQFAAAABw",
     "MEQCIQCGurXQSG89F0P4adJnf_TVMAyz77RRpzXZr0gJGp7N0wIfCKlxKTQ9vsIgGXaqx4-rUk3bkaasMcNItKlTaVrghA"},
    {"rs256",
     -257,
     "FMFC6KfSSmgaYxp161dYo6GyDElkVUWQNBfCgvUe2do",
     "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiRk1GQzZLZlNTbWdhWXhwMTYxZFlvNkd5REVsa1ZVV1FOQmZDZ3ZVZTJkby"
     "IsIm9yaWdpbiI6Imh0dHBzOi8vcGF5LmV4YW1wbGUudm4iLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVkBV8GmV_nOJVKbXmE0XQH0gdPg1idCwWQlvx9PoXkykgbkRQAAAAAAAAAAAAAAAAAAAAAAAA"
     "AAABDXx5BIXBD3g0fBi1cxbRZopAEDAzkBACBZAQDqMCjB3wg8LYx3pZ7mWYBDJAiZ9im9eso5uaGiN4d9RUhLS6566AjsaO8ah1S-msn3G7Hx"
     "nRGVcTk21bKeU5i4h6pbNJqhVNA3NZN38CklM1qdGdt4W-f2KAeWsrOM4wN6szGuIVr9DKyu79nANvx3kQKeNdEhQT1bGE2c2QowDo0Ne5nKyh"
     "p1ZhhxNnk-IIKZK72WdDRVaGb0KXyImNZrpFBKDL9zM7OKPjXrfHwqo2eXdEAKOy_Z5M_u7ZAQeE_XxeegvYRPZwR-pE4B0JxDt7HnXbq7Sn1O"
     "zQ5cd1v_fA2TG4mVqJZcPkl-ht_PLCO8I61tkMtPmIY3JdKA5PNRIUMBAAE",
     "18eQSFwQ94NHwYtXMW0WaA",
     "MQ4DEOi903mgqFIXlhY37yoZUAh9bcVh3Oo5PRKACDo",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiTVE0REVPaTkwM21ncUZJWGxoWTM3eW9aVUFoOWJjVmgzT281UFJLQUNEbyIsIm"
     "9yaWdpbiI6Imh0dHBzOi8vcGF5LmV4YW1wbGUudm4iLCJjcm9zc09yaWdpbiI6ZmFsc2V9",
     "waZX-c4lUpteYTRdAfSB0-DWJ0LBZCW_H0-heTKSBuQFAAAABw",
     "i7BfcgE0ZOkdBbbsWxttOapexuw4fzmgBDiEWqLXjuJBjP60ZtbZ7Obj-5MbzcY1xgf2W2AsXmOGKAPvrosbhZb6-HDFa-Z3KVHy-hccTSSZJo"
     "wESbSE6h71aOMZWoClpiGHqlf6ZhA7UPEzxqitDFmp9wa9J4yqbdBNo9-OQeo8Dq_t0wG3LqNu_aDdylmx8Per3U6VriEVsWBKoQy_CzrFwAtB"
     "Auz28qP4mPG9doZDrgKUmBqMGdvR_YOZ1CAP5CGJun-K5nw4dfN5sQy1L_37BSDYmQs5-xRaZvaCJMpmVkgrirLhpqa8W2BHSu_kJTEFZp47Yg"
     "7-zGSvph6eTg"},
};

}  // namespace choso::people
