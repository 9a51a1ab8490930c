#include "plugin/HostNames.h"

namespace tonewright::plugin
{

std::string hostNameOf(const ParameterInfo& parameter)
{
    const std::string stage = displayName(parameter.stage());
    const std::string name(parameter.name);
    return name.substr(0, stage.size()) == stage ? name : stage + " " + name;
}

} // namespace tonewright::plugin
