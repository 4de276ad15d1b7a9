// Whether a text is JSON in UTF-8, strictly, without recursion and without a library that might be lenient.
#pragma once
#include <cstring>
#include <string>

namespace json {

class Checker {
public:
    explicit Checker(const char* text) : at_(text) {}

    bool whole() {
        std::string open;  // the closing bracket of each container that is open
        for (;;) {
            // A value is due here.
            space();
            if (*at_ == '{' || *at_ == '[') {
                const bool object = *at_++ == '{';
                open.push_back(object ? '}' : ']');
                space();
                if (*at_ == open.back()) {
                    at_++;
                    open.pop_back();
                } else {
                    if (object && !key()) return false;
                    continue;
                }
            } else if (!scalar()) {
                return false;
            }
            // A value has ended.
            for (;;) {
                space();
                if (open.empty()) return *at_ == '\0';
                if (*at_ == open.back()) {
                    at_++;
                    open.pop_back();
                    continue;
                }
                if (*at_++ != ',') return false;
                space();
                if (open.back() == '}' && !key()) return false;
                break;
            }
        }
    }

private:
    const char* at_;

    void space() {
        while (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r') at_++;
    }
    bool key() {
        space();
        if (!string()) return false;
        space();
        return *at_++ == ':';
    }
    bool word(const char* word) {
        const size_t length = std::strlen(word);
        if (std::strncmp(at_, word, length) != 0) return false;
        at_ += length;
        return true;
    }
    bool scalar() {
        switch (*at_) {
            case '"': return string();
            case 't': return word("true");
            case 'f': return word("false");
            case 'n': return word("null");
            default: return number();
        }
    }
    bool digits() {
        const char* start = at_;
        while (*at_ >= '0' && *at_ <= '9') at_++;
        return at_ != start;
    }
    bool number() {
        if (*at_ == '-') at_++;
        if (*at_ == '0') at_++;
        else if (!digits()) return false;
        if (*at_ == '.') {
            at_++;
            if (!digits()) return false;
        }
        if (*at_ == 'e' || *at_ == 'E') {
            at_++;
            if (*at_ == '+' || *at_ == '-') at_++;
            if (!digits()) return false;
        }
        return true;
    }
    bool string() {
        if (*at_++ != '"') return false;
        while (*at_ != '"') {
            const unsigned char byte = static_cast<unsigned char>(*at_);
            if (byte < 0x20) return false;
            if (byte == '\\') {
                at_++;
                if (*at_ == 'u') {
                    for (int i = 1; i <= 4; i++)
                        if (!at_[i] || !std::strchr("0123456789abcdefABCDEF", at_[i])) return false;
                    at_ += 5;
                } else if (*at_ && std::strchr("\"\\/bfnrt", *at_)) {
                    at_++;
                } else {
                    return false;
                }
            } else if (!utf8()) {
                return false;
            }
        }
        at_++;
        return true;
    }
    bool utf8() {
        const unsigned char* b = reinterpret_cast<const unsigned char*>(at_);
        const int more = b[0] < 0x80 ? 0 : b[0] >> 5 == 6 ? 1 : b[0] >> 4 == 14 ? 2 : b[0] >> 3 == 30 ? 3 : -1;
        if (more < 0) return false;
        unsigned code = more == 0 ? b[0] : b[0] & (0x3f >> more);
        for (int i = 1; i <= more; i++) {
            if (b[i] >> 6 != 2) return false;
            code = code << 6 | (b[i] & 0x3f);
        }
        static const unsigned least[] = {0, 0x80, 0x800, 0x10000};
        if (code < least[more] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
        at_ += more + 1;
        return true;
    }
};

// A text that a callback gives: never NULL, and JSON or empty.
inline bool ok(const char* text) { return text && (*text == '\0' || Checker(text).whole()); }

}  // namespace json
