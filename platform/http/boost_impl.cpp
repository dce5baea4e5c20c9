// The one place where the code of Asio and Beast is compiled (STYLE: compile time on two cores).
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
