#include "generation/offline/Lists.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tonewright::offline
{

bool isArticle(const Term& term)
{
    constexpr std::array<std::string_view, 24> words{
        "the", "my",   "your",  "our",    "its", "this", "that", "these", "those", "der", "die",  "das",
        "den", "mein", "meine", "meinen", "el",  "la",   "los",  "las",   "mi",    "mis", "both", "su"};
    return std::find(words.begin(), words.end(), term.text) != words.end();
}

std::vector<std::size_t> listEndingAt(std::span<const Term> terms, std::size_t last,
                                      const std::function<bool(std::size_t)>& isMember)
{
    std::vector<std::size_t> nouns{last};
    bool hasConjunction = false;
    bool isLinked = terms[last].startsClause;
    for (auto at = last; at-- > 0;)
    {
        if (isMember(at))
        {
            if (!isLinked || (nouns.size() == 1 && !hasConjunction))
                break;
            nouns.push_back(at);
            isLinked = false;
        }
        else if (terms[at].as(Role::conjunction) != nullptr)
            hasConjunction = isLinked = true;
        else if (!isArticle(terms[at]))
            break;
        isLinked = isLinked || terms[at].startsClause;
    }
    return nouns;
}

} // namespace tonewright::offline
