// Run by the build after JUCE's own writer, whose description of the plugin it replaces: that one lacks
// units, gives choices the wrong numbers (0 to 1 instead of 0 to n), offers a second bypass that fights the
// first, and does not pass lv2_validate. The ports are those of JUCE 7.0.5's wrapper (juce_LV2_Client.cpp,
// PortIndices and PortKind).
//
// Usage: tonewright_lv2_turtle FOLDER LIBRARY URI VERSION

#include "plugin/HostNames.h"
#include "tone/Files.h"
#include "tone/ParameterTable.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace tonewright::plugin
{
namespace
{
constexpr std::string_view prefixes = R"(@prefix atom:  <http://lv2plug.in/ns/ext/atom#> .
@prefix bufs:  <http://lv2plug.in/ns/ext/buf-size#> .
@prefix doap:  <http://usefulinc.com/ns/doap#> .
@prefix foaf:  <http://xmlns.com/foaf/0.1/> .
@prefix lv2:   <http://lv2plug.in/ns/lv2core#> .
@prefix opts:  <http://lv2plug.in/ns/ext/options#> .
@prefix param: <http://lv2plug.in/ns/ext/parameters#> .
@prefix patch: <http://lv2plug.in/ns/ext/patch#> .
@prefix pg:    <http://lv2plug.in/ns/ext/port-groups#> .
@prefix pprop: <http://lv2plug.in/ns/ext/port-props#> .
@prefix rdf:   <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs:  <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rsz:   <http://lv2plug.in/ns/ext/resize-port#> .
@prefix state: <http://lv2plug.in/ns/ext/state#> .
@prefix time:  <http://lv2plug.in/ns/ext/time#> .
@prefix ui:    <http://lv2plug.in/ns/extensions/ui#> .
@prefix units: <http://lv2plug.in/ns/extensions/units#> .
@prefix urid:  <http://lv2plug.in/ns/ext/urid#> .
)";

struct Unit
{
    std::string_view inTable;
    std::string_view inLv2;
};
constexpr std::array<Unit, 8> units{{{"dB", "db"},
                                     {"ms", "ms"},
                                     {"s", "s"},
                                     {"Hz", "hz"},
                                     {"%", "pc"},
                                     {"cm", "cm"},
                                     {"st", "semitone12TET"},
                                     {"cents", "cent"}}};

std::string number(float value)
{
    std::array<char, 32> buffer{};
    const auto written =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
    return {buffer.data(), written.ptr};
}

std::string inQuotes(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text)
    {
        if (c == '"' || c == '\\')
            result += '\\';
        result += c;
    }
    return result + '"';
}

/// The wrapper writes what cannot stand in a Turtle name as an underscore.
std::string symbolOf(const ParameterInfo& parameter)
{
    std::string symbol(parameter.id);
    std::replace(symbol.begin(), symbol.end(), '.', '_');
    return symbol;
}

std::string_view rangeOf(ParameterType type)
{
    switch (type)
    {
    case ParameterType::number:
        return "atom:Float";
    case ParameterType::toggle:
        return "atom:Bool";
    case ParameterType::choice:
        return "atom:Int";
    }
    return {};
}

std::string scalePoints(const ParameterInfo& parameter)
{
    std::string text;
    for (std::size_t index = 0; index < parameter.choices.size(); ++index)
        text.append(index == 0 ? "\tlv2:scalePoint [\n" : " , [\n")
            .append("\t\trdfs:label " + inQuotes(displayName(parameter.choices[index])) + " ;\n")
            .append("\t\trdf:value " + std::to_string(index) + "\n\t]");
    return text.empty() ? text : text + " ;\n";
}

std::string describe(const ParameterInfo& parameter)
{
    std::string text = "plug:" + symbolOf(parameter) + "\n\ta lv2:Parameter ;\n";
    text += "\trdfs:label " + inQuotes(hostNameOf(parameter)) + " ;\n";
    text += "\trdfs:comment " + inQuotes(parameter.description) + " ;\n";
    text.append("\trdfs:range ").append(rangeOf(parameter.type)).append(" ;\n");
    text += "\tlv2:minimum " + number(parameter.minimum) + " ;\n\tlv2:maximum " + number(parameter.maximum) +
            " ;\n";
    for (const auto& [inTable, inLv2] : units)
        if (parameter.unit == inTable)
            text.append("\tunits:unit units:").append(inLv2).append(" ;\n");
    text += scalePoints(parameter);
    return text + "\tlv2:default " + number(parameter.defaultValue) + " .\n\n";
}

std::string listOf(std::string_view property)
{
    std::string text = "\t" + std::string(property);
    for (std::size_t index = 0; index < parameterTable.size(); ++index)
        text += (index == 0 ? "\n\t\tplug:" : " ,\n\t\tplug:") + symbolOf(parameterTable[index]);
    return text + " ;\n";
}

std::string audioPort(int index, std::string_view direction, std::string_view side)
{
    const std::string way = direction == "Input" ? "in" : "out";
    const std::string place = side == "left" ? "1" : "2";
    return "\t\ta lv2:" + std::string(direction) + "Port , lv2:AudioPort ;\n\t\tlv2:index " +
           std::to_string(index) + " ;\n\t\tlv2:symbol \"audio_" + way + "_" + place +
           "\" ;\n\t\tlv2:name \"Audio " + (way == "in" ? "In " : "Out ") + place +
           "\" ;\n\t\tpg:group plug:" + (way == "in" ? "input" : "output") +
           "_group_1 ;\n\t\tlv2:designation pg:" + std::string(side) + "\n\t] , [\n";
}

/// The wrapper may answer with every parameter at once; it allows 72 bytes for each and some room for the
/// rest.
std::string atomPort(int index, std::string_view direction, std::string_view symbol, std::string_view extra)
{
    const auto size = std::to_string((parameterCount + 1) * 72 + 8192);
    return "\t\ta lv2:" + std::string(direction) + "Port , atom:AtomPort ;\n\t\trsz:minimumSize " + size +
           " ;\n\t\tatom:bufferType atom:Sequence ;\n\t\tatom:supports patch:Message" + std::string(extra) +
           " ;\n\t\tlv2:designation lv2:control ;\n\t\tlv2:index " + std::to_string(index) +
           " ;\n\t\tlv2:symbol \"" + std::string(symbol) + "\" ;\n\t\tlv2:name \"" +
           (symbol == "in" ? "In" : "Out") + "\"\n\t] , [\n";
}

constexpr std::string_view controlPorts = R"(		a lv2:OutputPort , lv2:ControlPort ;
		lv2:designation lv2:latency ;
		lv2:symbol "latency" ;
		lv2:name "Latency" ;
		lv2:index 6 ;
		lv2:portProperty lv2:reportsLatency , lv2:integer , lv2:connectionOptional , pprop:notOnGUI ;
		units:unit units:frame
	] , [
		a lv2:InputPort , lv2:ControlPort ;
		lv2:designation lv2:freeWheeling ;
		lv2:symbol "freeWheeling" ;
		lv2:name "Free Wheeling" ;
		lv2:default 0.0 ;
		lv2:minimum 0.0 ;
		lv2:maximum 1.0 ;
		lv2:index 7 ;
		lv2:portProperty lv2:toggled , lv2:connectionOptional , pprop:notOnGUI
	] , [
		a lv2:InputPort , lv2:ControlPort ;
		lv2:designation lv2:enabled ;
		lv2:symbol "enabled" ;
		lv2:name "Enabled" ;
		lv2:default 1.0 ;
		lv2:minimum 0.0 ;
		lv2:maximum 1.0 ;
		lv2:index 8 ;
		lv2:portProperty lv2:toggled , lv2:connectionOptional , pprop:notOnGUI
	] ;
)";

/// LV2 wants even numbers for releases.
std::string versionNumbers(std::string_view version)
{
    std::array<int, 3> parts{};
    std::size_t part = 0;
    for (const char c : version)
    {
        if (c == '.')
            part = std::min(part + 1, parts.size() - 1);
        else if (c >= '0' && c <= '9')
            parts[part] = parts[part] * 10 + (c - '0');
    }
    return "\tlv2:minorVersion " + std::to_string(2 * (100 * parts[0] + parts[1])) +
           " ;\n\tlv2:microVersion " + std::to_string(2 * parts[2]) + " ;\n";
}

std::string plugPrefix(const std::string& uri)
{
    return "@prefix plug:  <" + uri + ":> .\n\n";
}

std::string manifest(const std::string& uri, const std::string& library)
{
    return std::string(prefixes) + plugPrefix(uri) + "<" + uri + ">\n\ta lv2:Plugin ;\n\tlv2:binary <" +
           library + "> ;\n\trdfs:seeAlso <dsp.ttl> .\n\n<" + uri + ":UI>\n\ta ui:X11UI ;\n\tlv2:binary <" +
           library + "> ;\n\trdfs:seeAlso <ui.ttl> .\n";
}

std::string userInterface(const std::string& uri)
{
    return std::string(prefixes) + plugPrefix(uri) + "<" + uri + R"(:UI>
	lv2:extensionData ui:idleInterface , opts:interface , ui:resize ;
	lv2:requiredFeature ui:idleInterface , urid:map , ui:parent , <http://lv2plug.in/ns/ext/instance-access> ;
	lv2:optionalFeature ui:resize , opts:options ;
	opts:supportedOption ui:scaleFactor , param:sampleRate .
)";
}

std::string description(const std::string& uri, const std::string& version)
{
    std::string text = std::string(prefixes) + plugPrefix(uri);
    for (const auto& parameter : parameterTable)
        text += describe(parameter);
    text += R"(plug:input_group_1
	a pg:InputGroup , pg:StereoGroup ;
	lv2:name "Guitar" ;
	lv2:symbol "input_group_1" .

plug:output_group_1
	a pg:OutputGroup , pg:StereoGroup ;
	lv2:name "Output" ;
	lv2:symbol "output_group_1" .

)";
    text += "<" + uri + R"(>
	a lv2:Plugin , lv2:DistortionPlugin , doap:Project ;
	ui:ui plug:UI ;
	doap:name "Tonewright" ;
	doap:shortdesc "Guitar amplifier that builds its tone from words" ;
	doap:license <https://www.gnu.org/licenses/gpl-3.0> ;
	doap:homepage <https://tonewright.org> ;
	doap:maintainer [
		a foaf:Person ;
		foaf:name "Tonewright" ;
		foaf:homepage <https://tonewright.org>
	] ;
	doap:release [
		a doap:Version ;
		doap:revision ")" +
            version + "\"\n\t] ;\n" + versionNumbers(version);
    text += R"(	lv2:optionalFeature lv2:hardRTCapable ;
	lv2:extensionData state:interface ;
	lv2:requiredFeature urid:map , opts:options , bufs:boundedBlockLength ;
	opts:supportedOption bufs:maxBlockLength ;
	pg:mainInput plug:input_group_1 ;
	pg:mainOutput plug:output_group_1 ;
)";
    text += listOf("patch:writable") + listOf("patch:readable") + "\tlv2:port [\n";
    text += audioPort(0, "Input", "left") + audioPort(1, "Input", "right");
    text += audioPort(2, "Output", "left") + audioPort(3, "Output", "right");
    text += atomPort(4, "Input", "in", " , time:Position") + atomPort(5, "Output", "out", "");
    text += controlPorts;
    text.erase(text.rfind(';')); // the last statement of the plugin
    return text + ".\n";
}

int run(std::span<char*> arguments)
{
    if (arguments.size() != 5)
    {
        std::fputs("Usage: tonewright_lv2_turtle FOLDER LIBRARY URI VERSION\n", stderr);
        return 2;
    }
    const std::filesystem::path folder(arguments[1]);
    const std::string library(arguments[2]);
    const std::string uri(arguments[3]);
    const std::array<std::pair<const char*, std::string>, 3> files{
        {{"manifest.ttl", manifest(uri, library)},
         {"dsp.ttl", description(uri, arguments[4])},
         {"ui.ttl", userInterface(uri)}}};
    for (const auto& [name, text] : files)
        if (const auto written = writeFileAtomically(folder / name, text); !written)
        {
            std::fprintf(stderr, "%s\n", written.error().message.c_str());
            return 1;
        }
    return 0;
}
} // namespace
} // namespace tonewright::plugin

int main(int count, char** arguments)
{
    return tonewright::plugin::run({arguments, static_cast<std::size_t>(count)});
}
