using System.Collections.Frozen;
using System.ComponentModel;
using System.Reflection;

namespace MedGemma.Agents.Host.Composition.Settings;

/// <summary>What may stand under a configuration key, read from the types that the binder fills.</summary>
internal abstract record SettingShape
{
    private SettingShape()
    {
    }

    /// <summary>One value, such as a number or a text.</summary>
    public sealed record Value : SettingShape;

    /// <summary>Settings of its own, by name; names differ by more than case.</summary>
    /// <param name="Members">The settings.</param>
    public sealed record Group(FrozenDictionary<string, SettingShape> Members) : SettingShape;

    /// <summary>As many as there are of one shape, under places of a list or under names that the site gives.</summary>
    /// <param name="Item">The shape of each.</param>
    public sealed record Many(SettingShape Item) : SettingShape;

    /// <summary>The shape of what is bound to a type.</summary>
    public static SettingShape Of(Type type)
    {
        if (TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
            return new Value();

        var items = type.GetInterfaces().Append(type).Where(face => face.IsGenericType).ToLookup(face => face.GetGenericTypeDefinition(), face => face.GetGenericArguments());
        if (items[typeof(IDictionary<,>)].FirstOrDefault() is [_, var named])
            return new Many(Of(named));
        if (items[typeof(IEnumerable<>)].FirstOrDefault() is [var listed])
            return new Many(Of(listed));

        return new Group(Bound(type).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<KeyValuePair<string, SettingShape>> Bound(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => (property, Shape: Of(property.PropertyType)))
        .Where(member => member.property.SetMethod is { IsPublic: true } || member.Shape is not Value)
        .Select(member => KeyValuePair.Create(member.property.Name, member.Shape));
}
