#include "generation/offline/Tokens.h"

#include "tone/Text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tonewright::offline
{
namespace
{
/// Base letters of U+00C0 to U+017F (Latin-1 Supplement and Latin Extended-A). '?' marks ligatures and signs,
/// which `foldedLatin` spells out, and letters that have no ASCII base.
constexpr std::string_view latinBases = "aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y"
                                        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkklllllll"
                                        "lllnnnnnnnnnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latinBases.size() == 0x180 - 0xC0);

/// The letters without accent and case, or nothing when `c` is no Latin letter.
std::string foldedLatin(char32_t c)
{
    switch (c)
    {
    case 0xC6:
    case 0xE6:
        return "ae";
    case 0xDF:
        return "ss";
    case 0xDE:
    case 0xFE:
        return "th";
    case 0x132:
    case 0x133:
        return "ij";
    case 0x152:
    case 0x153:
        return "oe";
    default:
        break;
    }
    if (c >= 'A' && c <= 'Z')
        return {static_cast<char>(c - 'A' + 'a')};
    if (c >= 'a' && c <= 'z')
        return {static_cast<char>(c)};
    if (c >= 0xC0 && c < 0x180 && latinBases[c - 0xC0] != '?')
        return {latinBases[c - 0xC0]};
    return {};
}

constexpr bool isBetween(char32_t c, char32_t first, char32_t last)
{
    return c >= first && c <= last;
}

constexpr bool isIdeographic(char32_t c)
{
    return isBetween(c, 0x3005, 0x3007) || isBetween(c, 0x3041, 0x3096) || isBetween(c, 0x30A1, 0x30FA) ||
           c == 0x30FC || isBetween(c, 0x3400, 0x9FFF) || isBetween(c, 0xAC00, 0xD7A3) ||
           isBetween(c, 0xF900, 0xFAFF) || isBetween(c, 0x20000, 0x3FFFD);
}

/// Written, but never part of a word's identity: combining accents, joiners, bidirectional marks, variation
/// selectors, byte order marks.
constexpr bool isInvisible(char32_t c)
{
    return isBetween(c, 0x300, 0x36F) || isBetween(c, 0x200B, 0x200F) || isBetween(c, 0x202A, 0x202E) ||
           isBetween(c, 0x2060, 0x206F) || isBetween(c, 0xFE00, 0xFE0F) || c == 0xFEFF || c == 0xAD;
}

constexpr bool isOtherLetter(char32_t c)
{
    return isBetween(c, 0x180, 0x2FF) || isBetween(c, 0x370, 0x1FFF) || isBetween(c, 0x2C00, 0x2DFF) ||
           isBetween(c, 0xA000, 0xABFF);
}

constexpr bool isApostrophe(char32_t c)
{
    return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x2BC || c == '`' || c == 0xB4;
}

constexpr bool isDash(char32_t c)
{
    return c == '-' || isBetween(c, 0x2010, 0x2013) || c == 0x2212;
}

constexpr bool endsClause(char32_t c)
{
    constexpr std::u32string_view signs = U",;:!?()[]{}\n\r|<>¡¿。、，．；：！？（）「」『』…—";
    return signs.find(c) != std::u32string_view::npos;
}

/// Full-width forms are their ASCII twins.
constexpr char32_t narrowed(char32_t c)
{
    return isBetween(c, 0xFF01, 0xFF5E) ? c - 0xFF01 + 0x21 : c == 0x3000 ? U' ' : c;
}

/// One character of valid UTF-8 (cleanText saw to that) and its length.
char32_t decode(std::string_view text, std::size_t& length)
{
    const auto byte = [&](std::size_t i)
    { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    const auto first = byte(0);
    length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length == 1 || text.size() < length)
    {
        length = 1;
        return first;
    }
    char32_t c = first & (length == 2 ? 0x1Fu : length == 3 ? 0x0Fu : 0x07u);
    for (std::size_t i = 1; i < length; ++i)
        c = (c << 6) | (byte(i) & 0x3Fu);
    return c;
}

std::vector<char32_t> charactersOf(std::string_view text)
{
    const auto clean = cleanText(text, text.size() * 3);
    std::vector<char32_t> characters;
    characters.reserve(clean.size());
    for (std::size_t at = 0, length = 0; at < clean.size(); at += length)
    {
        const auto c = narrowed(decode(std::string_view(clean).substr(at), length));
        // Kana with a separate voicing mark, as macOS writes file names: one code point further, or two.
        if ((c == 0x3099 || c == 0x309A) && !characters.empty())
            characters.back() += c - 0x3098;
        else if (!isInvisible(c))
            characters.push_back(c);
    }
    return characters;
}

void appendUtf8(std::string& text, char32_t c)
{
    const auto add = [&text](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80)
        return add(c);
    if (c < 0x800)
        add(0xC0 | (c >> 6));
    else
    {
        if (c < 0x10000)
            add(0xE0 | (c >> 12));
        else
        {
            add(0xF0 | (c >> 18));
            add(0x80 | ((c >> 12) & 0x3F));
        }
        add(0x80 | ((c >> 6) & 0x3F));
    }
    add(0x80 | (c & 0x3F));
}

constexpr double enormous = 1e9; // what a number too large for a double reads as

class Tokeniser
{
public:
    Tokeniser(std::string_view text, std::size_t maximumTokens)
        : characters(charactersOf(text)), maximum(maximumTokens)
    {
    }

    std::vector<Token> run()
    {
        while (at < characters.size() && tokens.size() < maximum)
            step();
        return std::move(tokens);
    }

private:
    char32_t peek(std::size_t ahead = 0) const
    {
        return at + ahead < characters.size() ? characters[at + ahead] : U'\0';
    }
    bool isDigit(std::size_t ahead = 0) const { return isBetween(peek(ahead), '0', '9'); }
    bool isLetter(std::size_t ahead = 0) const
    {
        return !foldedLatin(peek(ahead)).empty() || isOtherLetter(peek(ahead));
    }

    void step()
    {
        const auto c = peek();
        if (isDigit() || startsSignedNumber())
            return readNumber();
        if (isLetter())
            return readWord();
        if (isIdeographic(c))
            return readIdeograph();
        readSign(c);
    }

    bool startsSignedNumber() const
    {
        const bool afterSpace = at == 0 || characters[at - 1] == ' ' || endsClause(characters[at - 1]);
        return (peek() == '+' || isDash(peek())) && afterSpace && isDigit(1);
    }

    void push(Token token)
    {
        token.joint = joint;
        token.startsClause = startsClause;
        tokens.push_back(std::move(token));
        joint = '\0';
        startsClause = false;
    }

    void readNumber()
    {
        Token token;
        token.hasSign = !isDigit();
        const bool isNegative = token.hasSign && peek() != '+';
        at += token.hasSign ? 1 : 0;
        while (isDigit() || ((peek() == '.' || peek() == ',') && isDigit(1)))
        {
            if (!isThousandsComma())
                token.text += peek() == ',' ? '.' : static_cast<char>(peek());
            ++at;
        }
        double value = enormous;
        std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
        token.number = isNegative ? -value : value;
        push(std::move(token));
    }

    /// "2,000", but not the decimal "2,5".
    bool isThousandsComma() const
    {
        return peek() == ',' && isDigit(1) && isDigit(2) && isDigit(3) && !isDigit(4);
    }

    void readWord()
    {
        Token token;
        while (at < characters.size())
        {
            if (const auto folded = foldedLatin(peek()); !folded.empty())
                token.text += folded;
            else if (isOtherLetter(peek()))
                appendUtf8(token.text, peek());
            else if (!(isApostrophe(peek()) && isLetter(1)))
                break;
            else if (isPossessive() && !isContraction(token.text))
            {
                token.isOwner = true;
                ++at;
            }
            ++at;
        }
        push(std::move(token));
    }

    /// "It's" is two words in one, nobody's possession.
    static bool isContraction(std::string_view word)
    {
        constexpr std::array<std::string_view, 12> pronouns{
            "nothing", "everything", "it", "that", "there", "here", "what", "who", "how", "he", "she", "let"};
        return std::find(pronouns.begin(), pronouns.end(), word) != pronouns.end();
    }

    /// "Clapton's": the name is the word.
    bool isPossessive() const
    {
        return isApostrophe(peek()) && (peek(1) == 's' || peek(1) == 'S') && !isLetter(2);
    }

    void readIdeograph()
    {
        Token token;
        appendUtf8(token.text, peek());
        token.isIdeographic = true;
        ++at;
        push(std::move(token));
    }

    void readSign(char32_t c)
    {
        ++at;
        if (c == '%' || c == '&' || c == '+')
        {
            Token token;
            token.text = static_cast<char>(c);
            return push(std::move(token));
        }
        if (c == ':' && at >= 2 && isBetween(characters[at - 2], '0', '9') && isDigit())
            joint = ':';
        else if (endsClause(c) || (c == '.' && !isInsideAbbreviation()))
            startsClause = true;
        else if (c == '/' || c == '\\')
            joint = '/';
        else if (isDash(c))
            joint = '-';
        else if (joint == '\0')
            joint = ' ';
    }

    /// "Dr. Z", "A.C. tone": a full stop after one or two letters ends no clause.
    bool isInsideAbbreviation() const
    {
        return !tokens.empty() && !tokens.back().number && tokens.back().text.size() <= 2;
    }

    std::vector<char32_t> characters;
    std::size_t maximum;
    std::size_t at = 0;
    std::vector<Token> tokens;
    char joint = ' ';
    bool startsClause = false;
};
} // namespace

std::vector<Token> tokensOf(std::string_view text, std::size_t maximumTokens)
{
    return Tokeniser(text, maximumTokens).run();
}

} // namespace tonewright::offline
